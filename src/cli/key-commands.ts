import { type Command, Option } from 'commander';
import type { Config } from '../config.ts';
import type { RotateOptions } from './keys.ts';
import type { Terminal } from './terminal.ts';

const examples = `
Examples:
  sluis keys list --json
  sluis keys rotate                       every few months: published now, signs later, in every process
  sluis keys rotate --now                 a key leaked: another one signs within seconds
  sluis keys withdraw 8c1d… --yes         and then the one that leaked goes

No server has to be started anew. Who keeps the key set learns of a withdrawal within five minutes.`;

/** `sluis keys …` */
export function addKeyCommands(program: Command, configure: () => Config, terminal: Terminal): void {
  const keys = program
    .command('keys')
    .alias('key')
    .description('the keys that sign tokens, and those that encrypt what is stored')
    .addHelpText('after', examples);
  keys
    .command('list')
    .description('signing keys, by algorithm: what each does, since when and until when')
    .option('--json', 'for programs')
    .action(async (options: { json?: boolean }) => {
      const config = configure();
      const { listKeys } = await import('./keys.ts');
      await listKeys(config, options, terminal);
    });
  keys
    .command('rotate')
    .description('make the next signing key; the one before stays published for what it signed')
    .addOption(new Option('--algorithm <name>', 'for which algorithm').choices(['ES256', 'RS256']).default('ES256'))
    .option('--now', 'it signs at once, and one that waits is withdrawn: for when a key leaked')
    .option('--json', 'for programs')
    .action(async (options: RotateOptions) => {
      const config = configure();
      const { rotateKeys } = await import('./keys.ts');
      await rotateKeys(config, options, terminal);
    });
  keys
    .command('withdraw')
    .description('delete a signing key that leaked: what it signed is refused from then on')
    .argument('<id>', 'as sluis keys list shows it; not the one that signs')
    .option('--yes', 'do not ask: a key does not come back')
    .option('--json', 'for programs')
    .action(async (id: string, options: { yes?: boolean; json?: boolean }) => {
      const config = configure();
      const { withdrawKey } = await import('./keys.ts');
      await withdrawKey(config, { id, ...options }, terminal);
    });
  keys
    .command('reencrypt')
    .description('encrypt everything stored with the first of the encryption keys')
    .action(async () => {
      const config = configure();
      const { reencryptStored } = await import('./keys.ts');
      await reencryptStored(config, terminal);
    });
}
