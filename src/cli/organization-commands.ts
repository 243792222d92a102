import { type Command, Option } from 'commander';
import { acrs } from '../domain/acr.ts';
import { paged } from './listing.ts';
import { addResource, type Commands, type Described, either } from './resource-commands.ts';

/** `sluis organization …` */
export function addOrganizationCommands(commands: Commands): void {
  const summary = 'organizations: what they are called, and what they decide for their people';
  addResource(commands, { name: 'organization', summary }, described);
}

const described: readonly Described[] = [
  {
    usage: 'list [beginning]',
    summary: 'by code, those whose code or name begins with something',
    example: 'sluis organization list utr --json',
    options: paged,
    load: async () => (await import('./organization.ts')).list,
  },
  {
    usage: 'show <organization>',
    summary: 'one, named by code or id, with what it decides and what that risks',
    example: 'sluis organization show UTRECHT',
    load: async () => (await import('./organization.ts')).show,
  },
  {
    usage: 'create <code> <name>',
    summary: 'a new one',
    example: 'sluis organization create UTRECHT "Notaris Utrecht" --contact-nl "Bel 030 123 4567"',
    options: policy,
    load: async () => (await import('./organization.ts')).create,
  },
  {
    usage: 'change <organization>',
    summary: 'what is not named stays as it is; an empty text takes a value away',
    example: `sluis organization change UTRECHT --require-second-factor --second-factor-from 2027-03-01
  # says how many people have none, and asks
sluis organization change UTRECHT --method totp security-key --remember-devices 30
sluis organization change UTRECHT --method "" --remember-devices ""
  # all methods again, and no remembered devices`,
    options: (command) =>
      policy(command)
        .option('--code <code>', 'what its people type')
        .option('--name <text>', 'what it is called')
        .option('--yes', 'do not ask when people must have a second factor who have none'),
    load: async () => (await import('./organization.ts')).change,
  },
  {
    usage: 'readiness <organization>',
    summary: 'how many can sign in, and how many of them have neither a second factor nor a confirmed number',
    example: 'sluis organization readiness UTRECHT',
    load: async () => (await import('./organization.ts')).readiness,
  },
];

function policy(command: Command): Command {
  command
    .option('--require-second-factor', 'everybody must have one')
    .option('--no-require-second-factor', 'who has one is asked for it, and nobody must')
    .option('--second-factor-from <date>', 'until then who has none is let in: 2027-03-01 (UTC)')
    .option('--method <name...>', 'the only second factors to choose from')
    .addOption(
      new Option('--first-set-up <way>', 'on the password alone, or with a permit').choices(['open', 'permit']),
    );
  either(command, 'waive-permits', 'a second factor is set up again on the password alone');
  either(command, 'number-change', 'people may give another number than staff entered');
  either(command, 'passkeys-count-as-both', 'a passkey takes the place of password and second factor');
  return command
    .option('--authenticator <aaguid...>', 'the only models of security keys and passkeys')
    .addOption(new Option('--minimum-acr <class>', 'the least of every sign-in').choices([...acrs, '']))
    .option('--remember-devices <days>', 'lets people not be asked again in a browser, for so long')
    .option('--reason-en <text>', 'why a second factor is asked, in its own words, in English')
    .option('--reason-nl <text>', 'the same in Dutch')
    .option('--contact-en <text>', 'whom to ask for help, in English')
    .option('--contact-nl <text>', 'the same in Dutch');
}
