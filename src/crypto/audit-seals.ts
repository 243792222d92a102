import { createHmac, createSecretKey, hash, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import type {
  AuditRecord,
  ChainPlace,
  ChainState,
  PersonalPart,
  ProvedPlace,
  RecordSeal,
  SealedRecord,
} from '../domain/audit-chain.ts';
import { personalParts } from '../domain/audit-chain.ts';

/** Before the first record. */
const START: ChainPlace = { seq: 0, hmac: '' };

/** What a chain consists of before anything is sealed, with a key of its own. */
export function newChain(): ChainState {
  const key = randomBytes(32).toString('base64url');
  const seals = new AuditSeals(key);
  return { key, head: seals.prove('head', START), anchor: seals.prove('anchor', START) };
}

/**
 * Seals audit records and tells whether a seal is right. HMAC-SHA-256 (RFC 2104) over JSON arrays, each of which begins with what it
 * is for, so that none can be taken for another.
 */
export class AuditSeals {
  readonly #key: KeyObject;

  /** @param key of the chain: base64url */
  constructor(key: string) {
    this.#key = createSecretKey(Buffer.from(key, 'base64url'));
  }

  /** The seal of the record that follows on `previous`. */
  seal(record: AuditRecord, previous: ChainPlace): RecordSeal {
    const seq = previous.seq + 1;
    const [who, whom] = [personalSeal(record, 'who'), personalSeal(record, 'whom')];
    return {
      seq,
      who,
      whom,
      hmac: this.#hmacOf(record, { seq, previous: previous.hmac, digests: [who.digest, whom.digest] }),
    };
  }

  /** The `hmac` that a sealed record must have if it follows on `previous`. */
  hmacAfter(previous: ChainPlace, record: SealedRecord): string {
    const { who, whom } = record.seal;
    const { seq, hmac } = previous;
    return this.#hmacOf(record, { seq: seq + 1, previous: hmac, digests: [who.digest, whom.digest] });
  }

  /** Whether the personal parts are what was sealed, or were erased by Sluis. */
  arePartsWhole(record: SealedRecord): boolean {
    return personalParts.every((part) => {
      const proof = record.erased[part];
      if (proof === null) return record.seal[part].digest === digestOf(record, part, record.seal[part].salt);
      return proof === this.erasure(record.id, part) && personalFields(record, part).every((field) => field === null);
    });
  }

  /** Proof that a part of a record was erased. */
  erasure(id: string, part: PersonalPart): string {
    return this.#hmac(['erased', id, part]);
  }

  prove(kind: 'head' | 'anchor', { seq, hmac }: ChainPlace): ProvedPlace {
    return { seq, hmac, proof: this.#hmac([kind, seq, hmac]) };
  }

  isProved(kind: 'head' | 'anchor', place: ProvedPlace): boolean {
    return place.proof === this.prove(kind, place).proof;
  }

  #hmacOf(
    { id, at, type, organization, client }: AuditRecord,
    { seq, previous, digests }: { seq: number; previous: string; digests: readonly string[] },
  ): string {
    return this.#hmac(['record', seq, previous, id, at, type, organization, client, ...digests]);
  }

  #hmac(values: readonly (string | number | null)[]): string {
    return createHmac('sha256', this.#key).update(JSON.stringify(values)).digest('base64url');
  }
}

function personalSeal(record: AuditRecord, part: PersonalPart) {
  // 122 random bits; Node draws them for many at once.
  const salt = randomUUID();
  return { salt, digest: digestOf(record, part, salt) };
}

function digestOf(record: AuditRecord, part: PersonalPart, salt: string | null): string {
  const values = [part, salt, ...personalFields(record, part)];
  return hash('sha256', JSON.stringify(values), 'base64url');
}

function personalFields(record: AuditRecord, part: PersonalPart): readonly (string | null)[] {
  const { actor, address, requestId, account, details, before, after } = record;
  return part === 'who' ? [actor, address, requestId] : [account, details, before, after];
}
