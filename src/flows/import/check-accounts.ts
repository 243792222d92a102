import { acceptHash } from '../../crypto/accept-hash.ts';
import type { Account } from '../../domain/account.ts';
import { comparable } from '../../domain/comparable.ts';
import type { Factor } from '../../domain/factor.ts';
import type { Imports } from '../../domain/ports.ts';
import type { OrganizationCheck } from './check-organizations.ts';
import type { Findings } from './findings.ts';
import { type AccountEntry, givenOf } from './format.ts';

/** How many accounts are looked up at once. */
const AT_ONCE = 500;

type Standing = Pick<Account, 'organization' | 'username'>;

export interface AccountCheckNeeds {
  readonly imports: Imports;
  readonly factors: readonly Factor[];
  readonly settings: { readonly officeCode: 'always' | 'never' | 'automatic' };
}

/** Checks accounts against one another and the store. */
export class AccountCheck {
  readonly #needs: AccountCheckNeeds;
  readonly #findings: Findings;
  readonly #organizations: OrganizationCheck;
  readonly #names = new Set<string>();
  readonly #ids = new Set<string>();
  readonly #unsought = new Map<number, AccountEntry>();
  #plainPasswords = false;

  constructor(needs: AccountCheckNeeds, findings: Findings, organizations: OrganizationCheck) {
    this.#needs = needs;
    this.#findings = findings;
    this.#organizations = organizations;
  }

  /** Some account has one. */
  get plainPasswords(): boolean {
    return this.#plainPasswords;
  }

  async check(line: number, entry: AccountEntry): Promise<void> {
    this.#findings.saw('accounts');
    this.#plainPasswords ||= entry.password !== undefined;
    if (entry.organization !== undefined) this.#organizations.refer(line, 'organization', entry.organization);
    this.#checkNames(line, entry);
    this.#checkHash(line, entry);
    this.#checkFactors(line, entry);

    this.#unsought.set(line, entry);
    if (this.#unsought.size === AT_ONCE) await this.finish();
  }

  /** Looks for those that are there already. */
  async finish(): Promise<void> {
    const entries = [...this.#unsought.values()];
    if (entries.length === 0) return;
    const found = await this.#needs.imports.standing(
      entries.map(({ username }) => username),
      entries.flatMap(({ id }) => id ?? []),
    );
    const erased = await this.#needs.imports.erased(entries.flatMap(({ id }) => id ?? []));
    for (const [line, { id = '' }] of this.#unsought) {
      if (erased.has(id)) this.#findings.object(line, { reason: 'taken', field: 'id' });
    }
    if (found.length > 0) {
      const ids = new Set(found.map(({ id }) => id));
      const named = byName(found);
      for (const [line, entry] of this.#unsought) {
        // The id is what lasts: an account that was renamed since is still the same one.
        if (entry.id !== undefined && ids.has(entry.id)) this.#findings.stands('accounts', line);
        else await this.#compare(line, entry, named.get(comparable(entry.username)) ?? []);
      }
    }
    this.#unsought.clear();
  }

  #checkNames(line: number, { id, organization, username }: AccountEntry): void {
    const name = comparable(username);
    const key = this.#namesAreGlobal ? name : JSON.stringify([organization && comparable(organization), name]);
    if (this.#names.has(key)) this.#findings.object(line, { reason: 'repeated', field: 'username' });
    this.#names.add(key);
    if (id === undefined) return;
    if (this.#ids.has(id)) this.#findings.object(line, { reason: 'repeated', field: 'id' });
    this.#ids.add(id);
  }

  #checkHash(line: number, { passwordHash }: AccountEntry): void {
    if (passwordHash === undefined) return;
    const accepted = acceptHash(passwordHash);
    if (!accepted.ok) this.#findings.object(line, { reason: accepted.reason, field: 'passwordHash' });
  }

  #checkFactors(line: number, { factors }: AccountEntry): void {
    for (const [name, given] of Object.entries(factors)) {
      const factor = this.#needs.factors.find((known) => known.name === name);
      const field = `factors.${name}`;
      const { imported } = factor ?? {};
      if (imported === undefined) this.#findings.object(line, { reason: 'unknown-factor', field });
      else if (givenOf(given).some((one) => imported(one) === undefined)) {
        this.#findings.object(line, { reason: 'unusable', field });
      }
    }
  }

  async #compare(line: number, { id, organization }: AccountEntry, namesakes: readonly Standing[]): Promise<void> {
    if (namesakes.length === 0) return;
    const home = organization === undefined ? undefined : await this.#organizations.storedId(organization);
    const isNew = organization !== undefined && home === undefined;
    const same = !isNew && namesakes.some((namesake) => namesake.organization === home);
    if (same && id === undefined) this.#findings.stands('accounts', line);
    else if (same || this.#namesAreGlobal) this.#findings.object(line, { reason: 'taken', field: 'username' });
  }

  get #namesAreGlobal(): boolean {
    return this.#needs.settings.officeCode === 'never';
  }
}

function byName(found: readonly Standing[]): ReadonlyMap<string, readonly Standing[]> {
  const named = new Map<string, Standing[]>();
  for (const one of found) {
    const name = comparable(one.username);
    named.set(name, [...(named.get(name) ?? []), one]);
  }
  return named;
}
