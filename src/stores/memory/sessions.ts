import type { Clock } from '../../domain/clock.ts';
import type { Sessions, StoredModel, StoredSession } from '../../domain/ports.ts';
import { Table, turn } from './table.ts';

interface Row {
  readonly cookie: string;
  readonly account: unknown;
  readonly json: string;
  /** JSON of each client's authorization. */
  readonly authorizations: ReadonlyMap<string, string>;
  readonly until: number;
}

/** oidc-provider's browser sessions, in this process alone: everybody signs in again when it ends. */
export function memorySessions({ clock }: { clock: Clock }): Sessions {
  const sessions = new Table<Row>(clock);
  /** Uid of a session, by the value of its cookie. */
  const cookies = new Table<string>(clock);

  function read(uid: string | undefined): StoredSession | undefined {
    const row = uid === undefined ? undefined : sessions.get(uid);
    if (row === undefined) return undefined;
    const authorizations = [...row.authorizations].map(([client, json]) => [client, JSON.parse(json)]);
    return { stored: JSON.parse(row.json) as StoredModel, authorizations: Object.fromEntries(authorizations) };
  }

  return {
    async findByCookie(cookie) {
      await turn();
      return read(cookies.get(cookie));
    },

    async findByUid(uid) {
      await turn();
      return read(uid);
    },

    async ofAccount(account) {
      await turn();
      return [...sessions.keys()]
        .filter((uid) => sessions.get(uid)?.account === account)
        .flatMap((uid) => read(uid) ?? []);
    },

    async save({ uid, cookie, foundAs, stored, authorizations: changed, withdrawn }, lifetime) {
      await turn();
      const standing = sessions.get(uid);
      if (foundAs !== undefined && standing === undefined) return false;

      const authorizations = new Map(standing?.authorizations);
      for (const client of withdrawn) authorizations.delete(client);
      for (const [client, value] of Object.entries(changed)) authorizations.set(client, JSON.stringify(value));

      const until = clock.now() + lifetime * 1000;
      // A cookie value that another request dropped meanwhile must not come back to life.
      if (cookie !== foundAs || cookies.get(cookie) !== undefined) cookies.set(cookie, uid, until);
      if (standing !== undefined && cookie === foundAs && standing.cookie !== cookie) {
        sessions.set(uid, { ...standing, authorizations }, standing.until);
      } else {
        const { accountId: account } = stored;
        sessions.set(uid, { cookie, account, json: JSON.stringify(stored), authorizations, until }, until);
      }
      return true;
    },

    async dropCookie(cookie) {
      await turn();
      cookies.delete(cookie);
    },

    async end(cookie) {
      await turn();
      const uid = cookies.get(cookie);
      cookies.delete(cookie);
      if (uid !== undefined) sessions.delete(uid);
    },

    async endByUid(uid) {
      await turn();
      sessions.delete(uid);
    },

    async withdraw(uid, client) {
      await turn();
      const standing = sessions.get(uid);
      if (standing === undefined) return;
      const authorizations = new Map(standing.authorizations);
      authorizations.delete(client);
      sessions.set(uid, { ...standing, authorizations }, standing.until);
    },
  };
}
