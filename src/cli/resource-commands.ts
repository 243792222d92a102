import type { Command } from 'commander';
import type { Config } from '../config.ts';
import type { Terminal } from './terminal.ts';

/** What groups of commands are made with. */
export interface Commands {
  readonly program: Command;
  configure(): Config;
  readonly terminal: Terminal;
}

/** What one command was asked: its arguments by name, and its options as commander reads them. */
export interface Asked {
  readonly [name: string]: unknown;
}

/** Does what a command says. Loaded when it is called for. */
export type Run = (config: Config, terminal: Terminal, asked: Asked) => Promise<void>;

/** One command of a group. */
export interface Described {
  /** As commander writes it: `create <username>`. */
  readonly usage: string;
  readonly summary: string;
  /** What to type, and in further lines what comes of it. */
  readonly example: string;
  /** Adds its options. */
  readonly options?: (command: Command) => Command;
  readonly load: () => Promise<Run>;
}

/** Adds `sluis <name> …`, each command with `--json`. */
export function addResource(
  { program, configure, terminal }: Commands,
  { name, summary }: { readonly name: string; readonly summary: string },
  commands: readonly Described[],
): void {
  const group = program.command(name).description(summary);
  group.addHelpText('after', shown(commands.map(({ example }) => example)));
  for (const { usage, summary: does, example, options, load } of commands) {
    const command = group.command(usage).description(does).option('--json', 'the answer as JSON');
    command.addHelpText('after', shown([example]));
    (options?.(command) ?? command).action(async () => {
      const config = configure();
      const named = command.registeredArguments.map((argument, index) => [argument.name(), command.args[index]]);
      const run = await load();
      await run(config, terminal, { ...Object.fromEntries(named), ...command.opts() });
    });
  }
}

function shown(examples: readonly string[]): string {
  const lines = examples.flatMap((example) => example.split('\n'));
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

/** Adds an option that can be said yes or no to, or nothing. */
export function either(command: Command, name: string, description: string): Command {
  return command.option(`--${name}`, description).option(`--no-${name}`, 'the opposite');
}
