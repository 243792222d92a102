import type { Clients } from '../../domain/ports.ts';
import type { OrganizationCheck } from './check-organizations.ts';
import type { Findings } from './findings.ts';
import type { ClientEntry } from './format.ts';

/** Checks clients against one another and the store. */
export class ClientCheck {
  readonly #clients: Clients;
  readonly #findings: Findings;
  readonly #organizations: OrganizationCheck;
  readonly #ids = new Set<string>();

  constructor(needs: { readonly clients: Clients }, findings: Findings, organizations: OrganizationCheck) {
    this.#clients = needs.clients;
    this.#findings = findings;
    this.#organizations = organizations;
  }

  async check(line: number, { id, organizations = [] }: ClientEntry): Promise<void> {
    this.#findings.saw('clients');
    if (this.#ids.has(id)) this.#findings.object(line, { reason: 'repeated', field: 'id' });
    this.#ids.add(id);
    for (const [index, code] of organizations.entries())
      this.#organizations.refer(line, `organizations.${index}`, code);
    if ((await this.#clients.byId(id)) !== undefined) this.#findings.stands('clients', line);
  }
}
