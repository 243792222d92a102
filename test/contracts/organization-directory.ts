import { expect } from 'chai';
import type { Organization } from '../../src/domain/organization.ts';
import type { OrganizationDirectory } from '../../src/domain/ports.ts';

const office = (id: string, more: Partial<Organization> = {}): Organization => ({
  id,
  code: id.toUpperCase(),
  name: `Office ${id}`,
  secondFactorRequired: false,
  firstSetUp: 'open',
  permitsWaived: false,
  numberChange: true,
  passkeysCountAsBoth: true,
  ...more,
});

/** Everybody whose factors `readiness` counts. */
export interface Seeded {
  readonly organization: string;
  readonly disabled?: true;
  /** Of what they set up: held, or entered by staff alone. */
  readonly factor?: 'held' | 'provisional';
}

export interface OpenOrganizations {
  readonly directory: OrganizationDirectory;
  /** Another process on the same data. */
  another(): OrganizationDirectory;
  addPeople(people: readonly Seeded[]): Promise<void>;
  close(): Promise<void>;
}

/** What every implementation of `OrganizationDirectory` does. `open` answers one without any. */
export function organizationDirectoryContract(open: () => Promise<OpenOrganizations>): void {
  describe('as OrganizationDirectory', () => {
    let opened: OpenOrganizations;
    let directory: OrganizationDirectory;

    beforeEach(async () => {
      opened = await open();
      ({ directory } = opened);
    });
    afterEach(() => opened.close());

    async function idsOf(asked: { limit: number; prefix?: string }): Promise<string[][]> {
      const pages: string[][] = [];
      for (let after: string | undefined, more = true; more; ) {
        const { items, next } = await directory.page({ ...asked, ...(after !== undefined && { after }) });
        pages.push(items.map(({ id }) => id));
        after = next;
        more = next !== undefined;
      }
      return pages;
    }

    it('answers what was added, with its first version', async () => {
      const full = office('o1', {
        secondFactorRequired: true,
        secondFactorFrom: 5,
        methods: ['totp'],
        reason: { nl: 'Zo' },
      });
      expect(await directory.add(full)).to.equal(true);
      expect(await directory.find('o1')).to.deep.equal({ value: full, version: 1 });
      expect(await directory.find('o2')).to.equal(undefined);
    });

    it('adds none whose code or id is taken', async () => {
      await directory.add(office('o1'));
      expect(await directory.add(office('o1', { code: 'OTHER' }))).to.equal(false);
      expect(await directory.add(office('o2', { code: ' o1 ' }))).to.equal(false);
      expect(await idsOf({ limit: 10 })).to.deep.equal([['o1']]);
    });

    it('tells the second of two who change one, and loses nothing of the first', async () => {
      await directory.add(office('o1'));
      const other = opened.another();
      const [mine, theirs] = await Promise.all([directory.find('o1'), other.find('o1')]);
      expect(mine?.version).to.equal(theirs?.version);
      const outcomes = await Promise.all([
        directory.replace(office('o1', { name: 'Mine' }), 1),
        other.replace(office('o1', { contact: { en: 'Theirs' } }), 1),
      ]);
      expect([...outcomes].sort()).to.deep.equal(['changed', 'replaced']);
      const won =
        outcomes[0] === 'replaced' ? office('o1', { name: 'Mine' }) : office('o1', { contact: { en: 'Theirs' } });
      expect(await directory.find('o1')).to.deep.equal({ value: won, version: 2 });
    });

    it('takes no code from another', async () => {
      await directory.add(office('o1'));
      await directory.add(office('o2'));
      expect(await directory.replace(office('o2', { code: 'O1' }), 1)).to.equal('taken');
      expect((await directory.find('o2'))?.value.code).to.equal('O2');
      expect(await directory.replace(office('o3'), 1)).to.equal('changed');
    });

    it('pages by code, each once', async () => {
      for (const id of ['e', 'b', 'd', 'a', 'c']) await directory.add(office(id));
      expect(await idsOf({ limit: 2 })).to.deep.equal([['a', 'b'], ['c', 'd'], ['e']]);
      expect(await idsOf({ limit: 5 })).to.deep.equal([['a', 'b', 'c', 'd', 'e']]);
    });

    it('finds by the beginning of code or name, compared as they are', async () => {
      await directory.add(office('x', { code: 'UTRECHT', name: 'Molen BV' }));
      await directory.add(office('y', { code: 'MOLEN', name: 'Café Zuid' }));
      await directory.add(office('z', { code: 'AMERSFOORT', name: 'De Molen' }));
      expect(await idsOf({ limit: 10, prefix: ' mol' })).to.deep.equal([['y', 'x']]);
      expect(await idsOf({ limit: 1, prefix: 'MOL' })).to.deep.equal([['y'], ['x']]);
      expect(await idsOf({ limit: 10, prefix: 'CAFÉ' })).to.deep.equal([['y']]);
      for (const prefix of ['olen', '%', '_', 'mo\0l\u{10FFFF}']) {
        expect(await idsOf({ limit: 10, prefix }), prefix).to.deep.equal([[]]);
      }
    });

    it('takes whatever stands for a place', async () => {
      await directory.add(office('a'));
      for (const after of ['', '?', 'AAAA', '💥', 'x'.repeat(500)]) {
        expect((await directory.page({ limit: 1, after })).items.length, after).to.be.at.most(1);
      }
    });

    it('counts who can sign in, and who of them has no factor and no confirmed number', async () => {
      await directory.add(office('o1'));
      await directory.add(office('o2'));
      await opened.addPeople([
        { organization: 'o1' },
        { organization: 'o1', factor: 'held' },
        { organization: 'o1', factor: 'provisional' },
        { organization: 'o1', disabled: true },
        { organization: 'o2' },
      ]);
      expect(await directory.readiness('o1')).to.deep.equal({ people: 3, withoutFactor: 2 });
      expect(await directory.readiness('o3')).to.deep.equal({ people: 0, withoutFactor: 0 });
    });
  });
}
