import { readlink } from 'node:fs/promises';
import { constants, getPriority, setPriority } from 'node:os';

/** How much nicer than the rest: a hash leaves a core to whatever else asks for it, and takes all that is left. */
const NICER = 10;

/** How often to look for threads that have not answered yet. */
const ROUNDS = 20;

/**
 * Lets the threads of libuv's pool give way to everything else. Passwords that queue keep every core busy; the thread that answers
 * requests needs little time, but at once, and so do Redis and a database on the same machine. Signatures are made in the pool, too,
 * and give way with it: beside hashes, as before, and behind whatever else keeps the cores busy.
 *
 * On Linux alone, where each thread has a priority of its own (sched(7)); elsewhere, nothing happens.
 *
 * @param threads that the pool has (`UV_THREADPOOL_SIZE`)
 * @returns how many of them give way from now on
 */
export async function lowerPoolPriority(threads: number): Promise<number> {
  if (process.platform !== 'linux') return 0;
  const niceness = Math.min(getPriority() + NICER, constants.priority.PRIORITY_LOW);
  const lowered = new Set<number>();
  for (let round = 0; round < ROUNDS && lowered.size < threads; round += 1) {
    // Files are read by the pool, and this link names the thread that reads it.
    const names = await Promise.all(Array.from({ length: threads * 4 }, () => readlink('/proc/thread-self')));
    for (const name of names) {
      const thread = Number(name.split('/').at(-1));
      if (lowered.has(thread)) continue;
      setPriority(thread, niceness);
      lowered.add(thread);
    }
  }
  return lowered.size;
}
