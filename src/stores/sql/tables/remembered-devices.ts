import type { Time } from '../schema.ts';

export interface RememberedDevicesTable {
  id: string;
  /** Digest of its secret. */
  key: string;
  account: string;
  epoch: string;
  created_at: Time;
  last_used_at: Time;
  until: Time;
  address: string | null;
  agent: string | null;
}
