import type { AccountDirectory, AccountSource } from '../../domain/ports.ts';
import { Refusal } from './refusal.ts';

/** People in the user table of whoever mounts Sluis: they are found by id, and looked after there. */
export function foreignAccounts(source: Pick<AccountSource, 'byId'>): AccountDirectory {
  const refuse = () => Promise.reject(new Refusal('not-possible'));
  return {
    page: refuse,
    async find(id) {
      const value = await source.byId(id);
      return value && { value, version: 1, hasPassword: true };
    },
    add: refuse,
    replace: refuse,
  };
}
