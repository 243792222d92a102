import { Readable } from 'node:stream';
import { expect } from 'chai';
import type { Clock } from '../../src/domain/clock.ts';
import type { Factor } from '../../src/domain/factor.ts';
import type { Clients, Hasher, Imports, Organizations } from '../../src/domain/ports.ts';
import { importFile } from '../../src/flows/import/index.ts';

export interface Seeding {
  readonly organizations: Organizations;
  readonly clients: Clients;
  readonly imports: Imports;
  readonly hasher: Hasher;
  readonly factors: readonly Factor[];
  readonly clock: Clock;
}

/** Fills stores through the importer: lines as `sluis import` reads them. */
export async function seed(needs: Seeding, lines: readonly object[]): Promise<void> {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const outcome = await importFile(
    { read: () => Readable.from([Buffer.from(text)]) },
    { ...needs, settings: { officeCode: 'automatic' } },
  );
  expect(outcome.ok, JSON.stringify(outcome)).to.equal(true);
}

/** Two offices: DEVRIES insists on a second factor, MOLEN does not. Everybody's password is `correct horse battery`. */
export const PASSWORD = 'correct horse battery';
export const TOTP_KEY = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

export const offices = [
  { type: 'organization', code: 'DEVRIES', name: 'Kantoor De Vries', secondFactorRequired: true },
  { type: 'organization', code: 'MOLEN', name: 'Molen BV' },
] as const;

export const people = [
  // Must set a second factor up.
  {
    type: 'account',
    organization: 'DEVRIES',
    username: 'noor',
    password: PASSWORD,
    name: 'Noor Bakker',
    email: 'noor@devries.example',
    emailVerified: true,
  },
  // Has an authenticator app.
  {
    type: 'account',
    organization: 'DEVRIES',
    username: 'teun',
    password: PASSWORD,
    name: 'Teun de Wit',
    factors: { totp: { key: TOTP_KEY } },
  },
  // Needs none.
  { type: 'account', organization: 'MOLEN', username: 'mila', password: PASSWORD, name: 'Mila Smit' },
  // Needs none, and has an app all the same.
  {
    type: 'account',
    organization: 'MOLEN',
    username: 'bram',
    password: PASSWORD,
    name: 'Bram Mulder',
    factors: { totp: { key: TOTP_KEY } },
  },
  { type: 'account', organization: 'MOLEN', username: 'gone', password: PASSWORD, disabled: true },
] as const;

export const CLIENT_SECRET = 'a-secret-of-the-test-application';

export function webClient(redirectUri: string, more: object = {}) {
  return {
    type: 'client',
    id: 'web',
    name: 'Invoices',
    secret: CLIENT_SECRET,
    metadata: { redirect_uris: [redirectUri] },
    ...more,
  };
}
