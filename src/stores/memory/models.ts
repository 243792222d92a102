import type { Clock } from '../../domain/clock.ts';
import type { ModelEntry, ModelKey, Models, StandingGrant, StoredModel } from '../../domain/ports.ts';
import { Table, turn } from './table.ts';

interface Row {
  readonly json: string;
  /** Seconds since the Unix epoch. */
  readonly consumed?: number;
  readonly grant?: string;
  readonly until: number;
}

/** oidc-provider's models, in this process alone. A table a model, so that one that visitors fill cannot push another out. */
export function memoryModels({ clock }: { clock: Clock }): Models {
  const tables = new Map<string, Table<Row>>();
  const userCodes = new Table<string>(clock);
  /** The keys of a grant's entries, and when the last was added. */
  const grants = new Table<{ readonly keys: readonly ModelKey[]; readonly issuedAt: number; readonly until: number }>(
    clock,
  );
  /** Ids of an account's grants, and until when each is listed. */
  const accounts = new Table<ReadonlyMap<string, number>>(clock);

  function rowsOf(model: string): Table<Row> {
    const rows = tables.get(model) ?? new Table<Row>(clock);
    tables.set(model, rows);
    return rows;
  }

  function store(key: ModelKey, { stored, lifetime, grant, account, userCode }: ModelEntry): void {
    const { model, id } = key;
    const until = lifetime === undefined ? Number.POSITIVE_INFINITY : clock.now() + lifetime * 1000;
    const consumed = rowsOf(model).get(id)?.consumed;
    const row = { json: JSON.stringify(stored), until };
    rowsOf(model).set(id, { ...row, ...(consumed === undefined ? {} : { consumed }) }, until);
    if (userCode !== undefined) userCodes.set(`${model}:${userCode}`, id, until);
    if (grant !== undefined) join(grant, key, until);
    if (account !== undefined && grant !== undefined) list(account, grant, until);
  }

  function join(grant: string, key: ModelKey, until: number): void {
    const standing = grants.get(grant);
    const others = (standing?.keys ?? []).filter(
      ({ model, id }) => rowsOf(model).get(id) !== undefined && !(model === key.model && id === key.id),
    );
    const longest = Math.max(until, standing?.until ?? 0);
    grants.set(grant, { keys: [...others, key], issuedAt: clock.now(), until: longest }, longest);
  }

  function list(account: string, grant: string, until: number): void {
    const listed = [...(accounts.get(account) ?? [])].filter(([, end]) => clock.now() < end);
    const grants = new Map(listed);
    grants.set(grant, Math.max(until, grants.get(grant) ?? 0));
    accounts.set(account, grants, Math.max(...grants.values()));
  }

  function read({ model, id }: ModelKey): StoredModel | undefined {
    const row = rowsOf(model).get(id);
    if (row === undefined) return undefined;
    const stored = JSON.parse(row.json) as StoredModel;
    return row.consumed === undefined ? stored : { ...stored, consumed: row.consumed };
  }

  function readGrant(id: string): StandingGrant | undefined {
    const stored = read({ model: 'Grant', id });
    const issued = grants.get(id);
    if (stored === undefined) return undefined;
    return { id, stored, ...(issued && { issuedAt: issued.issuedAt, until: issued.until }) };
  }

  return {
    async upsert(key, entry) {
      await turn();
      store(key, entry);
    },

    async add(key, entry) {
      await turn();
      if (rowsOf(key.model).get(key.id) !== undefined) return false;
      store(key, entry);
      return true;
    },

    async find(key) {
      await turn();
      return read(key);
    },

    async findByUserCode(model, userCode) {
      await turn();
      const id = userCodes.get(`${model}:${userCode}`);
      return id === undefined ? undefined : read({ model, id });
    },

    async consume({ model, id }) {
      await turn();
      const row = rowsOf(model).get(id);
      if (row === undefined || row.consumed !== undefined) return false;
      rowsOf(model).set(id, { ...row, consumed: Math.floor(clock.now() / 1000) }, row.until);
      return true;
    },

    async destroy({ model, id }) {
      await turn();
      rowsOf(model).delete(id);
    },

    async revokeByGrantId(grant) {
      await turn();
      for (const { model, id } of grants.get(grant)?.keys ?? []) rowsOf(model).delete(id);
      grants.delete(grant);
    },

    async grant(id) {
      await turn();
      return readGrant(id);
    },

    async grantsOf(account) {
      await turn();
      const listed = [...(accounts.get(account) ?? [])].filter(([, end]) => clock.now() < end);
      return listed.flatMap(([id]) => readGrant(id) ?? []);
    },
  };
}
