import { randomBytes, scryptSync } from 'node:crypto';
import { Keyring } from '../../../src/crypto/keyring.ts';
import type { Enrolment } from '../../../src/domain/enrolment.ts';
import type { Organization } from '../../../src/domain/organization.ts';
import type { Hasher, ImportBatch, ImportedAccount } from '../../../src/domain/ports.ts';

export const keyring = new Keyring([Buffer.alloc(32, 7)]);

/** A real hasher that is quick and lets itself be watched: `$small$<cost>$<salt>$<hash>`. */
export class SmallHasher implements Hasher {
  readonly verified: (string | undefined)[] = [];
  readonly #cost: number;

  constructor(cost = 4) {
    this.#cost = cost;
  }

  async hash(secret: string): Promise<string> {
    const salt = randomBytes(8).toString('hex');
    return `$small$${this.#cost}$${salt}$${await this.derive(secret, salt)}`;
  }

  async verify(encoded: string | undefined, secret: string): Promise<boolean> {
    this.verified.push(encoded);
    const [, , cost = '4', salt = '', hash = ''] = (encoded ?? '').split('$');
    return hash === scryptSync(secret, salt, 16, { N: Number(cost) }).toString('base64url');
  }

  isOutdated(encoded: string): boolean {
    return this.kindOf(encoded) !== `small ${this.#cost}`;
  }

  kindOf(encoded: string): string | undefined {
    const [, scheme, cost] = encoded.split('$');
    return scheme === 'small' ? `small ${cost}` : undefined;
  }

  async derive(secret: string, salt: string): Promise<string> {
    return scryptSync(secret, salt, 16, { N: this.#cost }).toString('base64url');
  }
}

export const organization = (id: string): Organization => ({
  id,
  code: id,
  name: `Organization ${id}`,
  secondFactorRequired: false,
  firstSetUp: 'open',
  permitsWaived: false,
  numberChange: true,
  passkeysCountAsBoth: true,
});

/** Somebody to import, who holds a factor, is half-way setting one up, or neither. */
export function person({
  id,
  organization,
  disabled,
  factor,
}: {
  readonly id: string;
  readonly organization: string;
  readonly disabled?: boolean;
  readonly factor?: 'held' | 'provisional';
}): ImportedAccount {
  const enrolment: Enrolment = {
    id: `e-${id}`,
    account: id,
    factor: 'sms',
    secret: { number: '+31612345678' },
    version: 0,
    createdAt: 0,
    failures: 0,
  };
  return {
    account: {
      id,
      organization,
      username: id,
      disabled: disabled === true,
      epoch: 0,
      secondFactorRequired: false,
      roles: [],
      groups: [],
      profile: { emailVerified: false },
    },
    enrolments: factor === 'held' ? [enrolment] : [],
    provisional: factor === 'provisional' ? [enrolment] : [],
  };
}

export async function* batches(...parts: Partial<ImportBatch>[]): AsyncGenerator<ImportBatch> {
  for (const part of parts) yield { organizations: [], accounts: [], clients: [], ...part };
}
