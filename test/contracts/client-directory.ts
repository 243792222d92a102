import { expect } from 'chai';
import type { Client } from '../../src/domain/client.ts';
import type { ClientDirectory } from '../../src/domain/ports.ts';

const application = (id: string, more: Partial<Client> = {}): Client => ({
  id,
  name: `Application ${id}`,
  metadata: { redirect_uris: [`https://${id}.example.org/back`] },
  firstParty: true,
  pkceRequired: true,
  ...more,
});

export interface OpenClients {
  readonly directory: ClientDirectory;
  /** Another process on the same data. */
  another(): ClientDirectory;
  close(): Promise<void>;
}

/** What every implementation of `ClientDirectory` does. `open` answers one without any. */
export function clientDirectoryContract(open: () => Promise<OpenClients>): void {
  describe('as ClientDirectory', () => {
    let opened: OpenClients;
    let directory: ClientDirectory;

    beforeEach(async () => {
      opened = await open();
      ({ directory } = opened);
    });
    afterEach(() => opened.close());

    async function idsOf(asked: { limit: number; prefix?: string }): Promise<string[][]> {
      const pages: string[][] = [];
      for (let after: string | undefined, more = true; more; ) {
        const { items, next } = await directory.page({ ...asked, ...(after !== undefined && { after }) });
        pages.push(items.map(({ value }) => value.id));
        after = next;
        more = next !== undefined;
      }
      return pages;
    }

    it('answers what was added, secrets included, and adds nothing twice', async () => {
      const full = application('web', {
        secret: 'a secret',
        formerSecret: { value: 'the one of before', until: 5 },
        minimumAcr: 'phr',
        organizations: ['o1'],
        description: { nl: 'Loon' },
        administers: { organization: 'o1' },
      });
      expect(await directory.add(full)).to.equal(true);
      expect(await directory.add(application('web'))).to.equal(false);
      expect(await directory.find('web')).to.deep.equal({ value: full, version: 1 });
      expect((await directory.page({ limit: 1 })).items).to.deep.equal([{ value: full, version: 1 }]);
      expect(await directory.find('Web')).to.equal(undefined);
    });

    it('tells the second of two who change one, and loses nothing of the first', async () => {
      await directory.add(application('web'));
      const mine = application('web', { name: 'Mine' });
      const theirs = application('web', { minimumAcr: 'phr' });
      const outcomes = await Promise.all([directory.replace(mine, 1), opened.another().replace(theirs, 1)]);
      expect([...outcomes].sort()).to.deep.equal(['changed', 'replaced']);
      const value = outcomes[0] === 'replaced' ? mine : theirs;
      expect(await directory.find('web')).to.deep.equal({ value, version: 2 });
    });

    it('removes what nobody changed since it was read', async () => {
      await directory.add(application('web'));
      await directory.replace(application('web', { name: 'Other' }), 1);
      expect(await directory.remove('web', 1)).to.equal(false);
      const removed = await Promise.all([directory.remove('web', 2), opened.another().remove('web', 2)]);
      expect([...removed].sort()).to.deep.equal([false, true]);
      expect(await directory.replace(application('web'), 2)).to.equal('changed');
      expect(await directory.find('web')).to.equal(undefined);
    });

    it('pages by name, each once, those of one name too', async () => {
      for (const [id, name] of [
        ['3', 'Same'],
        ['1', 'same'],
        ['2', 'SAME'],
        ['4', 'Before'],
      ] as const)
        await directory.add(application(id, { name }));
      expect(await idsOf({ limit: 2 })).to.deep.equal([
        ['4', '1'],
        ['2', '3'],
      ]);
      expect(await idsOf({ limit: 1 })).to.deep.equal([['4'], ['1'], ['2'], ['3']]);
    });

    it('finds by the beginning of name or id', async () => {
      await directory.add(application('pay', { name: 'Salaris' }));
      await directory.add(application('hr', { name: 'Payroll' }));
      await directory.add(application('other', { name: 'Not pay' }));
      expect(await idsOf({ limit: 10, prefix: 'PAY' })).to.deep.equal([['hr']]);
      expect(await idsOf({ limit: 10, prefix: 'pay' })).to.deep.equal([['hr', 'pay']]);
      for (const prefix of ['ay', '%', 'pa\0y\u{10FFFF}']) {
        expect(await idsOf({ limit: 10, prefix }), prefix).to.deep.equal([[]]);
      }
    });

    it('takes whatever stands for a place', async () => {
      await directory.add(application('web'));
      for (const after of ['', '?', 'AAAA', '💥', 'x'.repeat(500)]) {
        expect((await directory.page({ limit: 1, after })).items.length, after).to.be.at.most(1);
      }
    });
  });
}
