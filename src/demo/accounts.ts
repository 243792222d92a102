import { readFileSync } from 'node:fs';
import { generateSync } from 'otplib';
import { z } from 'zod';
import { comparable } from '../domain/comparable.ts';
import { type AccountEntry, type Entry, readEntry } from '../flows/import/format.ts';

/** An account that is there to be tried. Everything about it is public. */
export interface DemoAccount {
  readonly name: string;
  readonly username: string;
  readonly password: string;
  readonly office?: { readonly code: string; readonly name: string };
  /** What signing in asks beyond the password: to set something up, a code, or nothing. */
  readonly secondStep: 'set-up' | 'code' | 'none';
  /** Shared secret of its authenticator app, in base 32. */
  readonly key?: string;
}

/**
 * Reads the accounts of an import file that have a plain password.
 * @throws when the file cannot be read
 */
export function readDemoAccounts(path: string): DemoAccount[] {
  const entries = readFileSync(path, 'utf8').split('\n').flatMap(entryOf);
  return entries.filter((entry) => entry.type === 'account').flatMap((entry) => demoAccount(entry, entries));
}

/** The code that an authenticator app would show now (RFC 6238 as every app reads it: SHA-1, six digits). */
export function codeAt(key: string, now: number): { readonly code: string; readonly until: number } {
  const code = generateSync({ secret: key, epoch: Math.floor(now / 1000), period: PERIOD });
  return { code, until: (Math.floor(now / 1000 / PERIOD) + 1) * PERIOD * 1000 };
}

/** The same for a key that somebody typed; undefined when it is none. */
export function codeOfTyped(typed: string, now: number): { readonly code: string; readonly until: number } | undefined {
  const key = typed.replace(/\s/g, '').toUpperCase();
  if (!/^[A-Z2-7]{32,128}$/.test(key)) return undefined;
  try {
    return codeAt(key, now);
  } catch {
    // Base 32 of no whole number of bytes.
    return undefined;
  }
}

/** Seconds. */
const PERIOD = 30;

/** Lines that the import would not take are its business, not ours. */
function entryOf(line: string): Entry[] {
  const read = readEntry(line);
  return 'entry' in read ? [read.entry] : [];
}

function demoAccount(entry: AccountEntry, entries: readonly Entry[]): DemoAccount[] {
  const { name, username, password, organization = '' } = entry;
  if (password === undefined) return [];
  const office = entries
    .filter((other) => other.type === 'organization')
    .find(({ code }) => comparable(code) === comparable(organization));
  const key = keyIn(entry.factors);
  const required = entry.secondFactorRequired || office?.secondFactorRequired === true;
  return [
    {
      name: name ?? username,
      username,
      password,
      ...(office !== undefined && { office: { code: office.code, name: office.name } }),
      secondStep: key !== undefined ? 'code' : required ? 'set-up' : 'none',
      ...(key !== undefined && { key }),
    },
  ];
}

/** What an account holds that shows codes, under whatever name. */
function keyIn(factors: AccountEntry['factors']): string | undefined {
  return Object.values(factors)
    .map((given) => z.object({ key: z.string() }).safeParse(given).data?.key)
    .find((key) => key !== undefined);
}
