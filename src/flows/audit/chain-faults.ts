import type { ChainPlace } from '../../domain/audit-chain.ts';

/**
 * Something that is wrong with the chain:
 * - `changed`: a record is not what was sealed, or its seal is not
 * - `moved`: a record stands in another place than `from`, where it was sealed
 * - `inserted`: a record has a place that no sealer gave it
 * - `missing`: records are gone; the one after them cannot be checked without them
 * - `head-gone`: records are sealed, and nothing says which was the last
 * - `head-changed`, `anchor-changed`: where the chain ends or begins is not what Sluis wrote down
 * - `head-differs`: the record in the place of a head that is known from elsewhere is another one
 */
export type ChainFault =
  | { readonly fault: 'changed' | 'inserted'; readonly seq: number; readonly id: string }
  | { readonly fault: 'moved'; readonly seq: number; readonly id: string; readonly from: number }
  | { readonly fault: 'missing'; readonly from: number; readonly to: number }
  | { readonly fault: 'head-gone' | 'head-changed' | 'anchor-changed' }
  | { readonly fault: 'head-differs'; readonly seq: number };

/** What came of looking at the whole chain. */
export interface ChainReport {
  readonly ok: boolean;
  /** How many records were looked at, and after which place the first of them comes: those up to it were forgotten for their age. */
  readonly checked: number;
  readonly after: number;
  /** Where the chain ends; absent where nothing was ever sealed. */
  readonly head?: ChainPlace;
  /** In no particular order, no more than can be read; `unlisted` more were found. */
  readonly faults: readonly ChainFault[];
  readonly unlisted: number;
  /** What the sealer has yet to get to, and since when the first of it waits. Nothing is wrong with it, nor can be told to be right. */
  readonly unsealed: { readonly count: number; readonly oldest?: number };
  /** A head was given to compare with, and is of a record that was forgotten for its age. */
  readonly tooOld?: true;
}
