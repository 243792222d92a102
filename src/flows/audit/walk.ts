import type { AuditSeals } from '../../crypto/audit-seals.ts';
import type { ChainPlace, SealedRecord } from '../../domain/audit-chain.ts';
import type { ChainFault } from './chain-faults.ts';
import { type Suspect, truePlaces } from './true-places.ts';

/** Faults that are told one by one. */
const LISTED = 100;
/** Records that do not fit, for which it is found out whether they fit elsewhere. */
const SUSPECTS = 20;

/** Goes along the chain, record by record, and takes note of what is wrong. Holds no more than a few records at once. */
export class ChainWalk {
  readonly #seals: AuditSeals;
  readonly #faults: ChainFault[] = [];
  readonly #suspects: Suspect[] = [];
  #unlisted = 0;
  #checked = 0;
  #place: ChainPlace;
  /** What the last record's `hmac` should have been, where it was something else. */
  #shouldBe: string | undefined;
  /** Nothing is known of what comes before the next record. */
  #lost: boolean;

  /** @param lost `start` cannot be believed */
  constructor(seals: AuditSeals, start: ChainPlace, lost: boolean) {
    this.#seals = seals;
    this.#place = start;
    this.#lost = lost;
  }

  /** The place of the last record. */
  get place(): ChainPlace {
    return this.#place;
  }

  get checked(): number {
    return this.#checked;
  }

  note(fault: ChainFault): void {
    if (this.#faults.length < LISTED) this.#faults.push(fault);
    else this.#unlisted += 1;
  }

  /** Everything up to this place was forgotten while this walk was under way. */
  jump(anchor: ChainPlace): void {
    this.#place = anchor;
    this.#shouldBe = undefined;
    this.#lost = false;
  }

  /** @param record the next one; one that comes too early is passed over */
  step(record: SealedRecord): void {
    const { id, seal } = record;
    this.#checked += 1;
    if (!Number.isInteger(seal.seq) || seal.seq <= this.#place.seq) {
      this.note({ fault: 'inserted', seq: seal.seq, id });
      return;
    }
    if (seal.seq > this.#place.seq + 1) {
      this.note({ fault: 'missing', from: this.#place.seq + 1, to: seal.seq - 1 });
      this.#lost = true;
    }
    const before = [this.#place.hmac, ...(this.#shouldBe === undefined ? [] : [this.#shouldBe])];
    const expected = before.map((hmac) => this.#seals.hmacAfter({ seq: seal.seq - 1, hmac }, record));
    const fits = this.#lost || expected.includes(seal.hmac);
    if (!fits || !this.#seals.arePartsWhole(record)) this.#suspect({ record, before });
    this.#shouldBe = fits ? undefined : expected[0];
    this.#place = { seq: seal.seq, hmac: seal.hmac };
    this.#lost = false;
  }

  /** Everything that was found, once there are no more records. */
  end(): { readonly faults: readonly ChainFault[]; readonly unlisted: number } {
    const places = truePlaces(this.#seals, this.#suspects);
    for (const { record } of this.#suspects) {
      const { id, seal } = record;
      const from = places.get(id);
      if (from === undefined) this.note({ fault: 'changed', seq: seal.seq, id });
      else if (from !== seal.seq) this.note({ fault: 'moved', seq: seal.seq, id, from });
    }
    return { faults: this.#faults, unlisted: this.#unlisted };
  }

  #suspect(suspect: Suspect): void {
    const { id, seal } = suspect.record;
    if (this.#suspects.length < SUSPECTS) this.#suspects.push(suspect);
    else this.note({ fault: 'changed', seq: seal.seq, id });
  }
}
