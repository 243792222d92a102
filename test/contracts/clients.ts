import { expect } from 'chai';
import type { Client } from '../../src/domain/client.ts';
import type { Clients } from '../../src/domain/ports.ts';

const spa: Client = {
  id: 'spa',
  name: 'A page',
  metadata: { redirect_uris: ['https://app.example.org/back'], token_endpoint_auth_method: 'none' },
  firstParty: true,
  pkceRequired: true,
};
const server: Client = {
  id: 'server',
  name: 'Loonstrook & Co',
  metadata: {
    grant_types: ['authorization_code', 'refresh_token'],
    default_max_age: 300,
    nested: { deep: [null, true] },
  },
  secret: 'a secret of the client',
  formerSecret: { value: 'the one of before', until: 1_800_000_000_000 },
  firstParty: false,
  minimumAcr: 'https://refeds.org/profile/mfa',
  organizations: ['o1', 'o2'],
  pkceRequired: false,
  description: { en: 'Pays', nl: 'Betaalt' },
  administers: { organization: 'o1' },
};

/** What every implementation of `Clients` does. `open` answers one without any. */
export function clientsContract(open: () => Promise<{ clients: Clients; close(): Promise<void> }>): void {
  describe('as Clients', () => {
    let clients: Clients;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ clients, close } = await open());
    });
    afterEach(() => close());

    it('answers what was saved', async () => {
      await clients.save(spa);
      await clients.save(server);
      expect(await clients.byId('spa')).to.deep.equal(spa);
      expect(await clients.byId('server')).to.deep.equal(server);
    });

    it('knows ids by every letter', async () => {
      await clients.save(spa);
      for (const id of ['SPA', 'spa ', '', 'sp%']) expect(await clients.byId(id), id).to.equal(undefined);
    });

    it('replaces what stands under the id, and drops what is absent now', async () => {
      await clients.save(server);
      const changed = { ...spa, id: 'server' };
      await clients.save(changed);
      expect(await clients.byId('server')).to.deep.equal(changed);
    });

    it('tells no organizations from all of them', async () => {
      await clients.save({ ...spa, organizations: [] });
      expect((await clients.byId('spa'))?.organizations).to.deep.equal([]);
    });
  });
}
