import { createHash } from 'node:crypto';

/** Somebody who signs in during a measurement. */
export interface BenchAccount {
  readonly id: string;
  readonly username: string;
  readonly password: string;
  /** The TOTP key in base32. */
  readonly totp: string;
  readonly office?: string;
}

const PASSWORD = 'a lock has two gates';
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * Account number `index`, the same in every process. There are as many as there are logins:
 * a code counts once, so nobody can sign in twice within half a minute.
 */
export function benchAccount(index: number): BenchAccount {
  const digest = createHash('sha256').update(`bench ${index}`).digest();
  const totp = Array.from(digest, (byte) => BASE32[byte % 32]).join('');
  return { id: `bench-${index}`, username: `bench${index}`, password: PASSWORD, totp };
}

/** The account with this username, if it is one of those. */
export function benchAccountNamed(username: string): BenchAccount | undefined {
  const index = /^bench(\d{1,9})$/.exec(username)?.[1];
  return index === undefined ? undefined : benchAccount(Number(index));
}
