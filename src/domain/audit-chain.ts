/**
 * An audit event as its row holds it: JSON as text, so that the chain is over what is stored, to the letter. What is not there is null.
 * Two parts of it tell of people: who acted (`actor`, or the account itself where there is none; `address`, `requestId`), and whom it
 * is about (`account`, `details`, `before`, `after`). The rest stays when a person is erased.
 */
export interface AuditRecord {
  readonly id: string;
  readonly at: number;
  readonly type: string;
  readonly organization: string | null;
  readonly client: string | null;
  readonly actor: string | null;
  readonly address: string | null;
  readonly requestId: string | null;
  readonly account: string | null;
  readonly details: string | null;
  readonly before: string | null;
  readonly after: string | null;
}

export const personalParts = ['who', 'whom'] as const;
export type PersonalPart = (typeof personalParts)[number];

/** What stands in the chain for a part that tells of a person: once part and salt are erased, it says nothing any more. */
export interface PersonalSeal {
  /** Null once the part was erased. */
  readonly salt: string | null;
  readonly digest: string;
}

/** What the sealer adds to a record. */
export interface RecordSeal {
  /** From 1, without a gap. */
  readonly seq: number;
  /** Over the record and the `hmac` before it. */
  readonly hmac: string;
  readonly who: PersonalSeal;
  readonly whom: PersonalSeal;
}

export interface SealedRecord extends AuditRecord {
  readonly seal: RecordSeal;
  /** Proof, for each part that was erased, that Sluis erased it. */
  readonly erased: Readonly<Record<PersonalPart, string | null>>;
}

/** A place in the chain, named by the record that has it; `seq` 0 is before the first. */
export interface ChainPlace {
  readonly seq: number;
  readonly hmac: string;
}

/** A place, and proof that Sluis named it. */
export interface ProvedPlace extends ChainPlace {
  readonly proof: string;
}

/** Where the chain begins and ends. */
export interface ChainState {
  /** Secret: what everything is sealed with. Base64url. */
  readonly key: string;
  /** The last record. */
  readonly head: ProvedPlace;
  /** The last of the records that were forgotten for their age. */
  readonly anchor: ProvedPlace;
}
