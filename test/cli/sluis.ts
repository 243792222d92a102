import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { atExit } from '../support/at-exit.ts';

const bin = fileURLToPath(new URL('../../src/bin.cjs', import.meta.url));

/** What the command line is run with; nothing of our own environment but the path. */
export interface Call {
  readonly args: readonly string[];
  /** The working directory. */
  readonly directory: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The built command line under way, as a process of its own. */
export interface Running {
  readonly ended: Promise<Ended>;
  /** Resolves when it has written this to stdout; rejects with its last words when it ends before. */
  printed(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

export function start({ args, directory, environment = {} }: Call): Running {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: directory,
    env: { PATH: process.env.PATH ?? '', NODE_NO_WARNINGS: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const forget = atExit(() => child.kill('SIGKILL'));
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = once(child, 'close').then(([code]) => {
    forget();
    return { code, out, err };
  });
  return {
    ended,
    async printed(text) {
      while (!out.includes(text)) {
        const over = await Promise.race([ended, once(child.stdout, 'data')]);
        if ('code' in over) throw new Error(over.err);
      }
    },
    kill: (signal) => child.kill(signal),
  };
}

/** Runs it to its end. */
export function sluis(call: Call): Promise<Ended> {
  return start(call).ended;
}
