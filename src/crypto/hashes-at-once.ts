/**
 * How many slow hashes may run together. They share libuv's pool with signatures and files, so two threads of it
 * are left alone.
 * @param cores `os.availableParallelism()`
 * @param poolSize `UV_THREADPOOL_SIZE`, 4 where it is not set
 */
export function hashesAtOnce(cores: number, poolSize: number): number {
  return Math.max(1, Math.min(cores, poolSize - 2));
}
