import type { Writable } from 'node:stream';

/**
 * Sends everything that is written in one turn of the event loop together, whatever request it is for: each write to a socket is a
 * call of the system. `setImmediate` comes after all the answers and requests that were waiting, and before anything is waited for.
 */
export function joinWrites(stream: Writable): void {
  const { write } = stream;
  stream.write = (...given: unknown[]) => {
    if (stream.writableCorked === 0) {
      stream.cork();
      setImmediate(() => stream.uncork());
    }
    return Reflect.apply(write, stream, given);
  };
}
