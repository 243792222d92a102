import type { Epoch } from './login.ts';

/**
 * How somebody who may set a second factor up comes to a permit:
 * - `browser`: kept by the browser that gave a recovery code, or one of the others: the only kind that sets anything up
 * - `mail`: a link, mailed to an address that its owner has shown to be theirs
 * - `staff`: a code that somebody hands over
 */
export const permitWays = ['browser', 'mail', 'staff'] as const;
export type PermitWay = (typeof permitWays)[number];

/** Leave to set up a second factor for an account that holds none, where the password alone is not enough. */
export interface Permit {
  /** A keyed digest of its secret, which nobody keeps but who may use it. */
  readonly key: string;
  readonly account: string;
  /** The account's, when the permit was given: it is worth nothing once that is another. */
  readonly epoch: Epoch;
  readonly way: PermitWay;
  /** Milliseconds since the Unix epoch. */
  readonly until: number;
}
