import { hash as argon2Hash, hashRaw as argon2Raw } from '@node-rs/argon2';
import type { Hasher } from '../domain/ports.ts';
import { readHash } from './accept-hash.ts';
import { type Argon2Costs, argon2idKind } from './hash-argon2.ts';
import type { ReadHash } from './hash-scheme.ts';
import { createTurnstile } from './turnstile.ts';

/** The longest secret that is hashed, in bytes of UTF-8: 128 characters of any script, and passphrases of other systems. */
export const LONGEST_SECRET = 1024;

/** 19 MiB and two passes: the least that OWASP recommends for argon2id. */
export const DEFAULT_COSTS: Argon2Costs = { memory: 19_456, passes: 2, lanes: 1 };

export interface HasherSettings {
  /** Of new hashes; `DEFAULT_COSTS` without it. */
  readonly costs?: Argon2Costs;
  /** How many hashes may run together: see `hashesAtOnce`. */
  readonly atOnce: number;
  /** How many may wait for their turn before `busy` is thrown; 128 by default. */
  readonly waiting?: number;
  /** The kinds (of `kindOf`) of all hashes that are stored. One that is missing here makes its accounts stand out. */
  readonly kinds?: () => Promise<readonly string[]>;
  /** Called for every hash that is computed, with its kind. */
  readonly onHash?: (kind: string) => void;
}

/**
 * Hashes with argon2id and verifies hashes of every scheme in accept-hash.ts.
 *
 * A failure costs one hash of every kind that is stored, whoever is asked for: the account's own, and decoys of the
 * others. So neither the schemes of other systems nor unknown names can be told apart by time.
 *
 * Secrets are hashed in NFKC (NIST SP 800-63B-4, section 3.1.1.2). What was typed is tried as it is, too, where that
 * differs: another system may have hashed it so. How many hashes that takes depends on what was typed alone.
 *
 * @throws RangeError when `costs` are not those of an argon2id hash that would be accepted
 */
export function createHasher(settings: HasherSettings): Hasher {
  const { costs = DEFAULT_COSTS, waiting = 128, kinds = async () => [], onHash = () => {} } = settings;
  const inTurn = createTurnstile({ atOnce: settings.atOnce, waiting });
  const ownKind = argon2idKind(costs);
  const options = { memoryCost: costs.memory, timeCost: costs.passes, parallelism: costs.lanes };
  if (read(ownKind) === undefined) throw new RangeError('The costs of argon2id are outside of what is accepted');

  async function storedKinds(): Promise<readonly ReadHash[]> {
    return [...new Set([ownKind, ...(await kinds())])].flatMap((kind) => read(kind) ?? []);
  }

  return {
    async hash(secret) {
      refuseTooLong(secret);
      return inTurn(() => {
        onHash(ownKind);
        return argon2Hash(secret.normalize('NFKC'), options);
      });
    },

    async verify(encoded, secret) {
      const hashable = isHashable(secret);
      const real = encoded !== undefined && hashable ? read(encoded) : undefined;
      const decoys = (await storedKinds()).filter(({ kind }) => kind !== real?.kind);
      const forms = hashable ? new Set([secret.normalize('NFKC'), secret]) : [''];

      return inTurn(async () => {
        for (const hash of real === undefined ? decoys : [real, ...decoys]) {
          for (const form of forms) {
            onHash(hash.kind);
            if ((await hash.matches(form)) && hash === real) return true;
          }
        }
        return false;
      });
    },

    isOutdated(encoded) {
      return read(encoded)?.kind !== ownKind;
    },

    kindOf(encoded) {
      return read(encoded)?.kind;
    },

    async derive(secret, salt) {
      refuseTooLong(secret);
      return inTurn(async () => {
        onHash(ownKind);
        const derived = await argon2Raw(secret, { ...options, salt: Buffer.from(salt, 'base64url'), outputLen: 32 });
        return derived.toString('base64url');
      });
    },
  };
}

/** Undefined for a hash that cannot be verified against: it is then as good as none. */
function read(encoded: string): ReadHash | undefined {
  const hash = readHash(encoded);
  return typeof hash === 'string' ? undefined : hash;
}

function isHashable(secret: string): boolean {
  return Buffer.byteLength(secret) <= LONGEST_SECRET;
}

function refuseTooLong(secret: string): void {
  if (!isHashable(secret)) throw new RangeError(`A secret longer than ${LONGEST_SECRET} bytes is not hashed`);
}
