import { randomUUID } from 'node:crypto';
import { comparable } from '../../domain/comparable.ts';
import type { Factor } from '../../domain/factor.ts';
import type { Organization } from '../../domain/organization.ts';
import type { Organizations } from '../../domain/ports.ts';
import type { Findings } from './findings.ts';
import type { OrganizationEntry } from './format.ts';

interface Reference {
  readonly line: number;
  readonly field: string;
  readonly key: string;
}

/** Checks organizations, and whether those that other lines refer to exist in the file or in the store. */
export class OrganizationCheck {
  readonly #organizations: Organizations;
  readonly #methods: ReadonlySet<string>;
  readonly #findings: Findings;
  /** Comparable code to id, of those in the file. */
  readonly #inFile = new Map<string, string>();
  readonly #ids = new Set<string>();
  /** Comparable code to id, of those that were looked up in the store. */
  readonly #stored = new Map<string, string | undefined>();
  readonly #references: Reference[] = [];
  readonly #fresh: Organization[] = [];

  constructor(
    needs: { readonly organizations: Organizations; readonly factors: readonly Factor[] },
    findings: Findings,
  ) {
    this.#organizations = needs.organizations;
    this.#methods = new Set(needs.factors.filter(({ role }) => role === 'second').map(({ name }) => name));
    this.#findings = findings;
  }

  /** Those that are to be added. */
  get fresh(): readonly Organization[] {
    return this.#fresh;
  }

  async check(line: number, entry: OrganizationEntry): Promise<void> {
    const { type: _, id, ...rest } = entry;
    const { code, methods = [] } = rest;
    this.#findings.saw('organizations');
    const key = comparable(code);
    if (this.#inFile.has(key)) this.#findings.object(line, { reason: 'repeated', field: 'code' });
    if (id !== undefined && this.#ids.has(id)) this.#findings.object(line, { reason: 'repeated', field: 'id' });
    for (const [index, method] of methods.entries()) {
      if (this.#methods.has(method)) continue;
      this.#findings.object(line, { reason: 'unknown-factor', field: `methods.${index}` });
    }

    const byCode = await this.storedId(code);
    const standing = id === undefined ? byCode : ((await this.#organizations.byId(id))?.id ?? byCode);
    if (standing !== undefined && id !== undefined && standing !== id) {
      this.#findings.object(line, { reason: 'taken', field: 'code' });
    } else if (standing !== undefined) this.#findings.stands('organizations', line);

    const settled = standing ?? id ?? randomUUID();
    if (standing === undefined) this.#fresh.push({ id: settled, ...rest });
    this.#inFile.set(key, settled);
    this.#ids.add(settled);
  }

  /** Another line names this organization, which may come later in the file. */
  refer(line: number, field: string, code: string): void {
    const key = comparable(code);
    if (!this.#inFile.has(key)) this.#references.push({ line, field, key });
  }

  /** Id of a stored organization. */
  async storedId(code: string): Promise<string | undefined> {
    const key = comparable(code);
    if (!this.#stored.has(key)) this.#stored.set(key, (await this.#organizations.byCode(key))?.id);
    return this.#stored.get(key);
  }

  /** Answers the id of every organization that the file names, by its comparable code. */
  async finish(): Promise<ReadonlyMap<string, string>> {
    const ids = new Map(this.#inFile);
    for (const { line, field, key } of this.#references) {
      const id = ids.get(key) ?? (await this.storedId(key));
      if (id === undefined) this.#findings.object(line, { reason: 'unknown-organization', field });
      else ids.set(key, id);
    }
    return ids;
  }
}
