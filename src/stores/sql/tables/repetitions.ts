import type { Sealed, Time } from '../schema.ts';

export interface RepetitionsTable {
  /** Digest of who asked and of the name they gave it. */
  id: string;
  /** Digest of what was asked. */
  request: string;
  claim: string;
  /** Null while somebody is at it. */
  answer: Sealed | null;
  until: Time;
}
