import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { type Config, loadConfig } from '../config.ts';
import { addAccountCommands } from './account-commands.ts';
import { addAuditCommands } from './audit-commands.ts';
import { addBackupCommands } from './backup-commands.ts';
import { addClientCommands } from './client-commands.ts';
import { addCompletion } from './completion.ts';
import { type ApplicationOptions, applicationSettings, readPort } from './demo-application.ts';
import { addKeyCommands } from './key-commands.ts';
import { addOrganizationCommands } from './organization-commands.ts';
import { type Terminal, threadPoolOf } from './terminal.ts';
import { addTrialCommands } from './trial-commands.ts';

const examples = `
Examples:
  sluis demo                                        a demonstration on http://localhost:3000 and 3001
  sluis serve --config /etc/sluis                   settings from /etc/sluis/production.json5
  ISSUER=https://id.example.com ENCRYPTION_KEYS_FILE=/run/secrets/keys sluis serve
  sluis import people.jsonl --dry-run               check, and write nothing
  sluis account create j.bakker --role administrator   the first administrator
  sluis account reset-factors j.bakker --office UTRECHT
                                                    for who lost phone and recovery codes
  sluis client create Intranet --kind web --redirect-uri https://intranet.example.com/callback
  sluis mail test you@example.com                   whether mail arrives
  sluis keys rotate --algorithm RS256
  sluis account erase j.bakker --office UTRECHT     everything about a person
  sluis backup /backups/monday.db                   the SQLite file, while Sluis runs
  sluis audit verify                                whether anybody changed the audit log

Exit codes: 0 done, 1 failed, 64 wrong usage, 65 wrong data, 66 not there, 69 not possible, 73 taken, 75 changed meanwhile,
77 not allowed, 78 wrong configuration.`;

/** The command line: what can be asked for, and who does it. Loads no more than the command needs. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('sluis')
    .description('An OpenID Connect identity provider: password, a second factor, and an ID token that says how.')
    .version(version())
    .option('-c, --config <folder>', 'folder with settings of your own, laid over the defaults (SLUIS_CONFIG_DIR)')
    .option('--demo', 'settings of the demonstration, with its public encryption key')
    .addHelpText('after', examples)
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.out.write(text), writeErr: (text) => terminal.err.write(text) });

  function configure(demo = program.opts<{ demo?: boolean }>().demo === true): Config {
    const { config } = program.opts<{ config?: string }>();
    return loadConfig({ directory: config, environment: terminal.environment, demo });
  }

  program
    .command('serve')
    .description('start the identity provider')
    .action(async () => {
      const config = configure();
      const { serve } = await import('../main.ts');
      await serve(config, threadPoolOf(terminal));
    });

  program
    .command('demo')
    .description('start the identity provider with accounts to try, and an application that signs in with it')
    .addOption(port('--port <number>', 'of Sluis', 3000))
    .addOption(port('--application-port <number>', 'of the application', 3001))
    .option('--data <folder>', 'keeps the accounts between two starts', 'data/demo')
    .action(async (options: { port: number; applicationPort: number; data: string }) => {
      const config = configure(true);
      const { runDemo } = await import('../demo/run.ts');
      await runDemo(config, { ...options, threadPool: threadPoolOf(terminal), out: terminal.out, err: terminal.err });
    });

  program
    .command('demo-application')
    .description('start the application of the demonstration alone, for an identity provider that runs elsewhere')
    .option('--issuer <url>', 'the identity provider (ISSUER)')
    .option('--client-id <id>', 'how it knows the application (CLIENT_ID)')
    .option('--client-secret-file <file>', 'file with the secret (CLIENT_SECRET_FILE, or CLIENT_SECRET itself)')
    .option('--url <url>', 'where people reach the application (APPLICATION_URL; http://localhost and its port)')
    .option('--host <address>', 'where to listen (BIND_ADDRESS; 127.0.0.1)')
    .addOption(port('--port <number>', '(PORT; 3001)'))
    .option('--accounts <file>', 'import file whose accounts and codes the first page shows: for demonstrations only')
    .action(async (options: ApplicationOptions) => {
      const { runApplication } = await import('../demo/run-application.ts');
      await runApplication(applicationSettings(options, terminal.environment), terminal.err);
    });

  program
    .command('migrate')
    .description('bring the tables of the database up to date; serve and import do so, too')
    .action(async () => {
      const config = configure();
      const { migrateDatabase } = await import('./migrate.ts');
      await migrateDatabase(config, terminal);
    });

  program
    .command('import')
    .description('add organizations, accounts and clients from a file of JSON lines: all of them or none')
    .argument('<file>', 'as config/import.example.jsonl')
    .option('--dry-run', 'check everything and write nothing')
    .action(async (path: string, { dryRun = false }: { dryRun?: boolean }) => {
      const config = configure();
      const { importInto } = await import('./import.ts');
      await importInto(config, { path, dryRun }, terminal);
    });

  program
    .command('invite')
    .description('mail a link to choose the first password; a running server sends it')
    .argument('[username]', 'whom to invite')
    .option('--office <code>', 'the organization they belong to')
    .option('--without-password', 'invite everybody who has no password yet')
    .action(async (username: string | undefined, options: { office?: string; withoutPassword?: boolean }) => {
      const config = configure();
      const { invite } = await import('./invite.ts');
      await invite(config, { ...options, ...(username !== undefined && { username }) }, terminal);
    });

  const commands = { program, configure, terminal };
  addOrganizationCommands(commands);
  addAccountCommands(commands);
  addClientCommands(commands);
  addTrialCommands(commands);
  addKeyCommands(program, configure, terminal);
  addBackupCommands(program, configure, terminal);
  addAuditCommands(program, configure, terminal);
  addCompletion(program, terminal);
  return program;
}

function version(): string {
  const file = fileURLToPath(import.meta.resolve('#root/package.json'));
  return String(JSON.parse(readFileSync(file, 'utf8')).version);
}

function port(flags: string, description: string, standard?: number): Option {
  const option = new Option(flags, description).argParser(readPort);
  return standard === undefined ? option : option.default(standard);
}
