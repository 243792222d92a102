import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import type { Command } from 'commander';
import { createProgram } from '../../src/cli/program.ts';
import { acts } from '../../src/flows/administration/index.ts';

/** Acts whose command is called otherwise. */
const commands: Readonly<Record<string, string>> = {
  'account.give-permit': 'account permit',
  'key.list': 'keys list',
  'key.rotate': 'keys rotate',
  'key.withdraw': 'keys withdraw',
  'system.test-mail': 'mail test',
  'system.test-sms': 'sms test',
};

const cannotBeUndone = [
  'account.reset-factors',
  'account.remove-phone',
  'account.erase',
  'client.end-former-secret',
  'client.remove',
  'key.withdraw',
];

describe('acts on the command line', () => {
  const out = new PassThrough({ encoding: 'utf8' });
  const program = createProgram({ environment: {}, out, err: new PassThrough() });

  const commandOf = (act: string) =>
    (commands[act] ?? act.replace('.', ' '))
      .split(' ')
      .reduce<Command | undefined>((group, word) => group?.commands.find((one) => one.name() === word), program);

  const optionsOf = (act: string) => commandOf(act)?.options.map(({ long }) => long) ?? [];

  /** All that is shown to who asks. */
  function helpOf(command: Command | undefined): string {
    command?.outputHelp();
    return out.read() ?? '';
  }

  // What goes on in a browser can begin in none but that.
  const anywhere = acts.filter(({ inBrowser }) => inBrowser === undefined);
  for (const { name } of anywhere) {
    it(`has ${name}, for people and for programs`, () => {
      expect(commandOf(name), 'a command').not.to.equal(undefined);
      expect(optionsOf(name)).to.include('--json');
      expect([helpOf(commandOf(name)), helpOf(commandOf(name)?.parent ?? undefined)].join('')).to.include('Examples:');
    });
  }

  it('asks before what cannot be undone, and lets programs say so', () => {
    for (const name of cannotBeUndone) expect(optionsOf(name), name).to.include('--yes');
  });
});
