import type { Time } from '../schema.ts';

export interface EmailChangesTable {
  account: string;
  /** Of the secret in the link, which is kept nowhere. */
  digest: string;
  epoch: number;
  address: string;
  session: string | null;
  until: Time;
}
