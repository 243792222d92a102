import type { Environment } from '../config.ts';

/** Where the command line reads and writes. */
export interface Terminal {
  readonly environment: Environment;
  /** What a person types; absent where there is none. */
  readonly input?: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  /** Results. */
  readonly out: NodeJS.WritableStream;
  /** Everything else: progress, faults. */
  readonly err: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** Threads of libuv's pool, as bin.cts sets it. */
export function threadPoolOf({ environment }: Terminal): number {
  return Number(environment.UV_THREADPOOL_SIZE ?? 4);
}
