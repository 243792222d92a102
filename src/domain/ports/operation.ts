import type { AuditEvent } from '../audit.ts';
import type { AuditRecord, ChainState, PersonalPart, ProvedPlace, RecordSeal, SealedRecord } from '../audit-chain.ts';
import type { Page, PageAsked } from './directories.ts';

export interface AuditLog {
  /** All or none; the caller does not go on without them. */
  append(events: readonly AuditEvent[]): Promise<void>;
}

/** An event as it was written, with the name of its place in the order of time. */
export interface WrittenEvent extends AuditEvent {
  readonly id: string;
}

/** Reads what was written about one account. */
export interface AuditHistory {
  /**
   * The latest first.
   * @param asked `types`: of all kinds, where it is absent; `before`, the id of an event: those written earlier alone
   */
  about(
    account: string,
    asked: { readonly types?: readonly string[]; readonly limit: number; readonly before?: string },
  ): Promise<readonly WrittenEvent[]>;
}

/** Which events are meant: those to which all of it applies. */
export interface AuditFilter {
  /** Null: of none. */
  readonly organization?: string | null;
  readonly account?: string;
  readonly actor?: string;
  readonly client?: string;
  readonly address?: string;
  /** What the type begins with: `factor.`, `sign-in.finished`. */
  readonly type?: string;
  /** From this time on; milliseconds since the Unix epoch. */
  readonly from?: number;
  /** Before this time. */
  readonly until?: number;
}

/** An event as administrators see it. */
export interface ListedEvent extends WrittenEvent {
  /** Place in the chain; absent until the sealer got to it. */
  readonly seq?: number;
  /** What told of a person was erased. */
  readonly erased?: true;
}

/** Reads the audit log of the whole deployment, quick among millions of events. */
export interface AuditReading {
  /** The latest first. */
  page(asked: PageAsked & AuditFilter): Promise<Page<ListedEvent>>;
  /** The oldest first, of those that were sealed. */
  inOrder(asked: PageAsked & AuditFilter): Promise<Page<ListedEvent>>;
}

/** One go of the sealer. Times are milliseconds since the Unix epoch. */
export interface Sealing {
  /** Names the process. */
  readonly holder: string;
  readonly now: number;
  /** Nobody else seals before. */
  readonly until: number;
  /** The most records to seal. */
  readonly limit: number;
}

/** What the sealer makes of the records that follow on the head. */
export interface Extension {
  /** For each record, in order. */
  readonly seals: readonly RecordSeal[];
  readonly head: ProvedPlace;
}

/**
 * The chain over audit events. It has one head, whoever extends it: a process that dies half-way, or whose lease ran out while it
 * worked, leaves the chain as it was.
 */
export interface AuditChain {
  /** Undefined where nothing was sealed yet. @throws when no key of the keyring opens the chain's own */
  state(): Promise<ChainState | undefined>;
  /** Begins the chain, unless it was begun. @throws when it is gone and there are sealed records: a new one would hide that */
  begin(state: ChainState): Promise<void>;
  /**
   * Seals the oldest unsealed records, all of them or none.
   * @returns how many, with the head from then on; undefined when nothing waits, or another process has the lease
   * @throws when the chain is gone
   */
  extend(
    sealing: Sealing,
    seal: (state: ChainState, records: readonly AuditRecord[]) => Extension,
  ): Promise<{ readonly sealed: number; readonly head: ProvedPlace } | undefined>;
  /** Sealed records by their place, up to `limit` after `seq`. */
  records(seq: number, limit: number): Promise<readonly SealedRecord[]>;
  /** How many wait to be sealed, and since when the longest of them. */
  unsealed(): Promise<{ readonly count: number; readonly oldest?: number }>;
  /**
   * Forgets up to `limit` records from the beginning of the chain that are older than `before`, and names the last of them the anchor.
   * @returns how many
   */
  forget(
    asked: { readonly before: number; readonly limit: number },
    anchor: (state: ChainState, last: SealedRecord) => ProvedPlace,
  ): Promise<number>;
  /**
   * Erases up to `limit` parts that tell of a person, sealed or not.
   * @param proof of the erasure of a part of the record with this id
   * @returns how many records it changed
   */
  erase(account: string, limit: number, proof: (id: string, part: PersonalPart) => string): Promise<number>;
}

/** Answers whether something that Sluis needs can be reached. Rejects or answers false when it cannot. */
export interface Probe {
  readonly name: string;
  ready(): Promise<boolean>;
}
