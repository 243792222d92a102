import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { atExit } from '../support/at-exit.ts';
import type { Told, Usage } from './usage.ts';

/** A server in a process of its own, which tells what it uses. */
export interface MeasuredServer {
  readonly issuer: string;
  /** Milliseconds from the fork until it listened. */
  readonly started: number;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/**
 * Forks a server that was written for it (see usage.ts).
 * @param script a compiled module, as a URL
 * @param settings its environment, beside PATH
 */
export async function startMeasured(script: URL, settings: Readonly<Record<string, string>>): Promise<MeasuredServer> {
  const env = { PATH: process.env.PATH, NODE_ENV: 'production', ...settings };
  const begin = performance.now();
  const child = fork(fileURLToPath(script), { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  // Whoever measures may end without stopping it; only while it is asked does it keep them alive.
  child.unref();
  const forget = atExit(() => child.kill('SIGKILL'));
  const told = await hear(child);
  if (!('listening' in told)) throw new Error('the server told its usage before it listened');
  const started = performance.now() - begin;

  return {
    issuer: told.listening,
    started,
    async usage() {
      child.send('usage');
      const answer = await hear(child);
      if (!('usage' in answer)) throw new Error('the server listened twice');
      return answer.usage;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.ref();
      child.disconnect();
      await ended;
      forget();
    },
  };
}

async function hear(child: ChildProcess): Promise<Told> {
  const ended = new AbortController();
  const exit = (code: number | null) => ended.abort(new Error(`the server ended with ${code}`));
  child.once('exit', exit);
  child.channel?.ref();
  try {
    const [told] = (await once(child, 'message', { signal: ended.signal })) as [Told];
    return told;
  } finally {
    child.off('exit', exit);
    child.channel?.unref();
  }
}
