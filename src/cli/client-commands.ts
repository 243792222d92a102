import { type Command, InvalidArgumentError, Option } from 'commander';
import { acrs } from '../domain/acr.ts';
import { clientKinds } from '../flows/clients/kind.ts';
import { paged } from './listing.ts';
import { addResource, type Commands, type Described, either } from './resource-commands.ts';

/** `sluis client …` */
export function addClientCommands(commands: Commands): void {
  const summary = 'applications: those that people sign in at, and services that use the REST API';
  addResource(commands, { name: 'client', summary }, described);
}

const described: readonly Described[] = [
  {
    usage: 'list [beginning]',
    summary: 'by name, those whose name or id begins with something',
    example: 'sluis client list intra --json',
    options: paged,
    load: async () => (await import('./client.ts')).list,
  },
  {
    usage: 'show <id>',
    summary: 'one, named by its client_id, without its secret',
    example: 'sluis client show 0b3f2c6e',
    load: async () => (await import('./client.ts')).show,
  },
  {
    usage: 'create <name>',
    summary: 'a new one; its secret, where it has one, is shown this once',
    example: `sluis client create Intranet --kind web --redirect-uri https://intranet.example.com/callback
  # prints its id and, this once, its secret
sluis client create "Staff file" --kind service --administers UTRECHT --scope "accounts:read accounts:write"`,
    options: (command) =>
      fields(command)
        .addOption(new Option('--kind <kind>', 'what it is').choices(clientKinds).makeOptionMandatory())
        .option('--id <id>', 'its client_id; made up where it is not given'),
    load: async () => (await import('./client.ts')).create,
  },
  {
    usage: 'change <id>',
    summary: 'what is not named stays as it is; an empty text takes a value away',
    example: `sluis client change 0b3f2c6e --office UTRECHT ZWOLLE --no-first-party
sluis client change 0b3f2c6e --metadata '{"require_pushed_authorization_requests": true, "logo_uri": null}'`,
    options: (command) => fields(command).option('--name <text>', 'what people read'),
    load: async () => (await import('./client.ts')).change,
  },
  {
    usage: 'rotate-secret <id>',
    summary: 'a new secret, shown this once; the one of before is good for some days more',
    example: 'sluis client rotate-secret 0b3f2c6e --overlap 14',
    options: (command) => command.option('--overlap <days>', 'how many, from 0 to 90', '7'),
    load: async () => (await import('./client.ts')).rotateSecret,
  },
  {
    usage: 'end-former-secret <id>',
    summary: 'ends the secret of before at once',
    example: `sluis client end-former-secret 0b3f2c6e
  # everybody uses the new one`,
    options: (command) => command.option('--yes', 'do not ask'),
    load: async () => (await import('./client.ts')).endFormer,
  },
  {
    usage: 'remove <id>',
    summary: 'nobody signs in at it any more, and its tokens are good for nothing',
    example: 'sluis client remove 0b3f2c6e',
    options: (command) => command.option('--yes', 'do not ask'),
    load: async () => (await import('./client.ts')).remove,
  },
  {
    usage: 'recipes <id>',
    summary: 'configuration to copy into it, never with its secret',
    example: `sluis client recipes 0b3f2c6e
  # what to copy into the application`,
    load: async () => (await import('./client.ts')).recipes,
  },
];

function fields(command: Command): Command {
  either(command, 'first-party', 'skips the consent page');
  either(command, 'pkce', 'demands PKCE, as is usual; old software may not know it');
  return command
    .option('--redirect-uri <uri...>', 'where people come back to after signing in')
    .option('--post-logout-redirect-uri <uri...>', 'where they come back to after signing out')
    .addOption(new Option('--minimum-acr <class>', 'the least of every sign-in there').choices([...acrs, '']))
    .option('--office <code...>', 'the only organizations whose people may sign in')
    .option('--description-en <text>', 'what it is for, in English')
    .option('--description-nl <text>', 'the same in Dutch')
    .option('--administers <code>', 'a service that may use the REST API, in one organization')
    .option('--administers-everything', 'the same, in the whole deployment')
    .option('--scope <words>', 'what it may be granted, with spaces between')
    .addOption(
      new Option(
        '--metadata <json>',
        'any client metadata, laid over what there is; null takes a field away',
      ).argParser(readObject),
    );
}

/** @throws {InvalidArgumentError} unless it is a JSON object */
function readObject(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Said below, without what was typed.
  }
  throw new InvalidArgumentError('Metadata is a JSON object.');
}
