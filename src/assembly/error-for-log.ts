/**
 * What the log tells of an error: what it is and where it came from, and that of its causes. No other property: libraries hang what
 * a client sent on theirs (Node the bytes of a request that it cannot read, ioredis a command with its values, pg the row at fault).
 */
export function errorForLog(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack, cause } = error;
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { type: name, message, ...code, stack, ...(cause !== undefined && { cause: errorForLog(cause) }) };
}
