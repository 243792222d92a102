import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { atExit } from './at-exit.ts';
import type { User } from './user.ts';

/** How to run a server that tests talk to. */
export interface Recipe {
  readonly command: string;
  readonly args: readonly string[];
  /** Where it runs; its output goes to `server.log` there. */
  readonly directory: string;
  /** Who it runs as; absent means whoever runs the tests. */
  readonly user?: User | undefined;
  /** Rejects for as long as the server cannot be used. */
  readonly probe: () => Promise<void>;
  /** The signal that makes it stop in order. */
  readonly stopSignal: NodeJS.Signals;
  /** Ends it at once, without waiting, when the process ends. */
  readonly abort: (pid: number) => void;
}

/** Milliseconds; a server that ends is not waited for. */
const PATIENCE = 120_000;

/** Starts a server and waits until it can be used. Answers how to stop it. */
export async function startServer(recipe: Recipe): Promise<() => Promise<void>> {
  const { command, args, directory, user, stopSignal } = recipe;
  const log = openSync(`${directory}/server.log`, 'a');
  const child = spawn(command, args, { cwd: directory, stdio: ['ignore', log, log], ...user });
  closeSync(log);
  const { pid } = child;
  const ended = once(child, 'exit');
  // A failed start shows below as an exit; without a handler it would end the tests with less to say.
  ended.catch(() => undefined);
  // The tests end when they are done, not when their servers are.
  child.unref();

  const forget = pid === undefined ? () => undefined : atExit(() => recipe.abort(pid));
  const running = () => pid !== undefined && child.exitCode === null && child.signalCode === null;
  if (!(await usable(recipe, running))) {
    child.kill('SIGKILL');
    forget();
    throw new Error(`${command} did not start:\n${readFileSync(`${directory}/server.log`, 'utf8')}`);
  }
  return async () => {
    if (running()) {
      child.ref();
      child.kill(stopSignal);
      await ended;
    }
    forget();
  };
}

async function usable({ probe }: Recipe, running: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < PATIENCE && running(); waited += 25) {
    try {
      await probe();
      return true;
    } catch {
      await wait(25);
    }
  }
  return false;
}
