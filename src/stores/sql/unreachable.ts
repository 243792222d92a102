import { Failure, unavailable } from '../../domain/failure.ts';

/** Node's names for a server that cannot be reached, or that went away. */
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
]);

/**
 * Classes of SQLSTATE (PostgreSQL, appendix A) that speak of the server and not of the query: connection, authorization,
 * unknown database, read-only standby, rollback after a conflict, resources, operator intervention (a timeout too), system.
 */
const SQLSTATE = /^(?:08|28|3D|25006|40|53|57|58)/;

/** Result codes of SQLite that speak of the file and not of the query. */
const SQLITE = /^SQLITE_(?:BUSY|LOCKED|IOERR|FULL|CANTOPEN|READONLY|PERM|PROTOCOL|CORRUPT|NOTADB)/;

/** What `pg` says without a code. */
const WORDS =
  /^(?:timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client has encountered a connection error)/;

/** Turns what a driver throws into `unavailable` where the database is at fault; faults of a query stay what they are. */
export function judged(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Failure) return error;
  // A host with several addresses fails with all their errors together.
  const causes = error instanceof AggregateError ? error.errors : [error];
  return causes.some(isUnreachable) ? unavailable(error) : error;
}

function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // Five characters and capitals: SQLSTATE. Node's own codes are longer.
  if (/^[0-9A-Z]{5}$/.test(code) && SQLSTATE.test(code)) return true;
  return NETWORK.has(code) || SQLITE.test(code) || WORDS.test(error.message);
}
