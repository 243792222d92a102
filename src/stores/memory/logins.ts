import type { Clock } from '../../domain/clock.ts';
import type { Login } from '../../domain/login.ts';
import type { Logins } from '../../domain/ports.ts';
import { Table, turn } from './table.ts';

/** Sign-ins in progress, in this process alone: they are gone when it ends. */
export function memoryLogins({ clock }: { clock: Clock }): Logins {
  // As JSON, as in Redis: nobody can change a login by holding on to it.
  const logins = new Table<{ version: number; json: string }>(clock);

  return {
    async find(uid) {
      await turn();
      const found = logins.get(uid);
      return found === undefined ? undefined : (JSON.parse(found.json) as Login);
    },

    async save(login, lifetime) {
      await turn();
      if ((logins.get(login.uid)?.version ?? 0) !== login.version) return false;
      const version = login.version + 1;
      logins.set(login.uid, { version, json: JSON.stringify({ ...login, version }) }, clock.now() + lifetime);
      return true;
    },

    async remove(uid) {
      await turn();
      logins.delete(uid);
    },
  };
}
