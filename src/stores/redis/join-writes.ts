import type { Writable } from 'node:stream';

/** Sends everything that is written in one turn of the event loop together: each write to a socket is a call of the system. */
export function joinWrites(stream: Writable): void {
  const { write } = stream;
  stream.write = (...given: unknown[]) => {
    if (stream.writableCorked === 0) {
      stream.cork();
      process.nextTick(() => stream.uncork());
    }
    return Reflect.apply(write, stream, given);
  };
}
