import { type Command, Option } from 'commander';
import { paged } from './listing.ts';
import { addResource, type Commands, type Described, either } from './resource-commands.ts';

/** `sluis account …` */
export function addAccountCommands(commands: Commands): void {
  const summary = 'people: who they are, and how they prove it';
  addResource(commands, { name: 'account', summary }, described);
}

const described: readonly Described[] = [
  {
    usage: 'list [beginning]',
    summary: 'those whose username, e-mail address or a word of whose name begins with something',
    example: 'sluis account list jan --office UTRECHT',
    options: (command) => paged(office(command)),
    load: async () => (await import('./account.ts')).list,
  },
  {
    usage: 'show <person>',
    summary: 'one person, named by username or id',
    example: 'sluis account show j.bakker --office UTRECHT --json',
    options: office,
    load: async () => (await import('./account.ts')).show,
  },
  {
    usage: 'create <username>',
    summary: 'somebody new, who gets a link to choose a password: by mail, or printed where there is none',
    example: `sluis account create j.bakker --role administrator --name "Jan Bakker"
  # the first administrator: prints a link to choose a password
sluis account create a.smit --office UTRECHT --email a.smit@example.com
  # mails an invitation`,
    options: (command) =>
      fields(office(command)).addOption(
        new Option('--invite <way>', 'by mail or by a printed link, or not at all').choices(['mail', 'link', 'none']),
      ),
    load: async () => (await import('./account.ts')).create,
  },
  {
    usage: 'change <person>',
    summary: 'what is not named stays as it is; an empty text takes a value away',
    example: 'sluis account change j.bakker --office UTRECHT --role superuser accountant --email ""',
    options: (command) =>
      fields(office(command))
        .option('--username <name>', 'what they sign in with')
        .option('--no-roles', 'takes all roles away')
        .option('--to <code>', 'moves them to another organization; empty: to none'),
    load: async () => (await import('./account.ts')).change,
  },
  {
    usage: 'disable <person>',
    summary: 'they cannot sign in any more, and are signed out everywhere',
    example: 'sluis account disable j.bakker --office UTRECHT',
    options: office,
    load: async () => (await import('./account.ts')).disable,
  },
  {
    usage: 'enable <person>',
    summary: 'they can sign in again',
    example: 'sluis account enable j.bakker --office UTRECHT',
    options: office,
    load: async () => (await import('./account.ts')).enable,
  },
  {
    usage: 'invite <person>',
    summary: 'a link to choose the first password: by mail, or printed with --link',
    example: 'sluis account invite j.bakker --office UTRECHT --link',
    options: (command) => office(command).option('--link', 'print it, to hand over'),
    load: async () => (await import('./account.ts')).invite,
  },
  {
    usage: 'permit <person>',
    summary: 'a code with which somebody who holds no second factor sets one up: hand it over to them alone',
    example: 'sluis account permit j.bakker --office UTRECHT',
    options: office,
    load: async () => (await import('./account-factors.ts')).permit,
  },
  {
    usage: 'reset-factors <person>',
    summary: 'takes second factors and recovery codes away, signs out, and prints a code as `permit` does',
    example: `sluis account reset-factors j.bakker --office UTRECHT
  # for who lost phone and recovery codes`,
    options: (command) => yes(office(command)),
    load: async () => (await import('./account-factors.ts')).resetFactors,
  },
  {
    usage: 'lift-block <person>',
    summary: 'ends the block that wrong codes brought about',
    example: 'sluis account lift-block j.bakker --office UTRECHT',
    options: office,
    load: async () => (await import('./account-factors.ts')).liftBlock,
  },
  {
    usage: 'set-phone <person> <number>',
    summary: 'the mobile number that codes go to, until they confirm it unconfirmed',
    example: 'sluis account set-phone j.bakker 0612345678 --country NL',
    options: (command) => office(command).option('--country <code>', 'of a number without country code: NL'),
    load: async () => (await import('./account-factors.ts')).setPhone,
  },
  {
    usage: 'remove-phone <person>',
    summary: 'deletes that number',
    example: 'sluis account remove-phone j.bakker --yes',
    options: (command) => yes(office(command)),
    load: async () => (await import('./account-factors.ts')).removePhone,
  },
  {
    usage: 'start-password-reset <person>',
    summary: 'mails a link to choose a new password',
    example: 'sluis account start-password-reset j.bakker --office UTRECHT',
    options: office,
    load: async () => (await import('./account-factors.ts')).startPasswordReset,
  },
  {
    usage: 'end-sessions <person>',
    summary: 'signs them out everywhere',
    example: 'sluis account end-sessions j.bakker --office UTRECHT',
    options: office,
    load: async () => (await import('./account-factors.ts')).endSessions,
  },
  {
    usage: 'export <person>',
    summary: 'everything that is kept about them, as JSON to hand over: no password, key, code or whole number',
    example: 'sluis account export j.bakker --office UTRECHT > j.bakker.json',
    options: office,
    load: async () => (await import('./account-data.ts')).exportData,
  },
  {
    usage: 'erase <person>',
    summary: 'deletes them with all that belongs to them, and blanks what the audit log tells of them',
    example: 'sluis account erase j.bakker --office UTRECHT',
    options: (command) =>
      yes(office(command)).option('--again', 'it failed half-way, and the account is gone: name its id'),
    load: async () => (await import('./account-data.ts')).erase,
  },
];

function office(command: Command): Command {
  return command.option('--office <code>', 'the organization they belong to');
}

function yes(command: Command): Command {
  return command.option('--yes', 'do not ask');
}

function fields(command: Command): Command {
  either(command, 'require-second-factor', 'whatever their organization says');
  return command
    .option('--name <text>', 'the whole name')
    .option('--given-name <text>', 'first name')
    .option('--family-name <text>', 'last name')
    .option('--email <address>', 'counts as theirs once they followed a mailed link')
    .addOption(new Option('--locale <language>', 'of pages and mails').choices(['en', 'nl']))
    .addOption(
      new Option('--role <role...>', 'what they may administer').choices(['accountant', 'superuser', 'administrator']),
    )
    .option('--group <name...>', 'groups that applications may see');
}
