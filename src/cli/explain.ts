import { CommanderError } from 'commander';
import { ConfigError } from '../config.ts';
import { Failure } from '../domain/failure.ts';
import { Refusal } from '../flows/administration/refusal.ts';
import { NotThere } from './not-there.ts';
import { explainRefusal } from './refusal-texts.ts';

/** As in sysexits.h, where it has a code. */
export const exitCodes = { done: 0, failed: 1, usage: 64, notThere: 66, config: 78 } as const;

/** What a person at a terminal gets to know of an error, and what the shell gets. */
export function explain(error: unknown): { readonly exitCode: number; readonly message: string } {
  if (error instanceof CommanderError) {
    return { exitCode: error.exitCode === 0 ? exitCodes.done : exitCodes.usage, message: error.message };
  }
  if (error instanceof Refusal) return explainRefusal(error);
  const exitCode = exitCodeOf(error);
  if (!(error instanceof Error)) return { exitCode, message: String(error) };
  return { exitCode, message: isMistake(error) ? String(error.stack) : messageOf(error) };
}

function exitCodeOf(error: unknown): number {
  if (error instanceof ConfigError) return exitCodes.config;
  return error instanceof NotThere ? exitCodes.notThere : exitCodes.failed;
}

/** These are never about the world, always about this program: only the stack helps. */
function isMistake(error: Error): boolean {
  return [TypeError, RangeError, ReferenceError, SyntaxError].some((kind) => error instanceof kind);
}

function messageOf(error: Error): string {
  const { cause } = error;
  if (error instanceof Failure && cause instanceof Error) {
    return error.code === 'unavailable' ? `Cannot be reached or used: ${messageOf(cause)}` : messageOf(cause);
  }
  // A host with several addresses fails with one error for each.
  if (error instanceof AggregateError) return error.errors.map((one: unknown) => explain(one).message).join('; ');
  switch ('code' in error ? error.code : undefined) {
    case 'EADDRINUSE':
      return `Somebody else uses ${place(error)}: choose another port (PORT) or stop them`;
    case 'EADDRNOTAVAIL':
      return `This machine has no address ${place(error)}: choose another (BIND_ADDRESS)`;
    default:
      return error.message;
  }
}

function place(error: Error): string {
  const { address, port } = { address: undefined, port: undefined, ...error };
  return [address, port].filter((part) => part !== undefined).join(' port ');
}
