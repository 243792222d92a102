import { createInterface } from 'node:readline/promises';
import { CommanderError } from 'commander';
import type { Terminal } from './terminal.ts';

export interface Question {
  /** What is about to happen, in one sentence. */
  readonly warning: string;
  /** What has to be typed to agree. */
  readonly name: string;
  /** It was agreed to already. */
  readonly yes?: boolean | undefined;
}

/**
 * Asks before something that cannot be undone: the name is to be typed at a terminal.
 * @throws {CommanderError} where there is nobody to ask, or something else was typed
 */
export async function confirm({ input, err }: Terminal, { warning, name, yes }: Question): Promise<void> {
  if (yes === true) return;
  const refuse = (message: string) => {
    err.write(`error: ${message}\n`);
    return new CommanderError(64, 'sluis.unconfirmed', message);
  };
  if (input?.isTTY !== true) throw refuse(`${warning} Say --yes.`);
  const lines = createInterface({ input, output: err });
  try {
    const typed = await lines.question(`${warning}\nType ${name} to go on: `);
    if (typed.trim() !== name) throw refuse('Nothing was done.');
  } finally {
    lines.close();
  }
}
