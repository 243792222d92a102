import { expect } from 'chai';
import type { Account } from '../../src/domain/account.ts';
import type { AccountDirectory, PageAsked, Within } from '../../src/domain/ports.ts';

/** Somebody with no more than a name. */
export function person(id: string, changes: Partial<Account> = {}): Account {
  return {
    id,
    organization: 'north',
    username: id,
    disabled: false,
    epoch: 0,
    secondFactorRequired: false,
    roles: [],
    groups: [],
    profile: { emailVerified: false },
    ...changes,
  };
}

export interface OpenedDirectory {
  readonly accounts: AccountDirectory;
  /** The same accounts, for another process. */
  readonly others: AccountDirectory;
  /** A directory of the same accounts where nobody is asked for their organization. */
  readonly global: AccountDirectory;
  close(): Promise<void>;
}

/** What every implementation of `AccountDirectory` does. `open` answers an empty one, with organizations `north` and `south`. */
export function accountDirectoryContract(open: () => Promise<OpenedDirectory>): void {
  describe('as AccountDirectory', () => {
    let opened: OpenedDirectory;
    let accounts: AccountDirectory;

    beforeEach(async () => {
      opened = await open();
      accounts = opened.accounts;
    });
    afterEach(() => opened.close());

    const add = async (...people: Account[]) => {
      for (const one of people) expect(await accounts.add(one), one.id).to.equal(true);
    };

    /** Ids of every page, one after the other. */
    async function listed(asked: Partial<PageAsked> & Within & { readonly prefix?: string } = {}): Promise<string[]> {
      const ids: string[] = [];
      let after: string | undefined;
      do {
        const { items, next } = await accounts.page({ limit: 50, ...asked, ...(after !== undefined && { after }) });
        ids.push(...items.map(({ id }) => id));
        after = next;
      } while (after !== undefined);
      return ids;
    }

    it('finds what was added, without a password, and nobody else', async () => {
      const anna = person('anna', {
        locale: 'nl',
        roles: ['accountant', 'superuser'],
        groups: ['sales'],
        profile: { name: 'Anna Jansen', email: 'anna@example.org', emailVerified: true },
        replacedEmail: { address: 'before@example.org', at: 1_785_000_000_000 },
      });
      await add(anna);
      expect(await accounts.find('anna')).to.deep.equal({ value: anna, version: 1, hasPassword: false });
      expect(await accounts.find('bert')).to.equal(undefined);
    });

    it('adds nobody under a name or an id that is taken', async () => {
      const { organization: _, ...lone } = person('lone', { username: 'Anna' });
      await add(person('anna'), person('other', { organization: 'south', username: 'anna' }), lone);
      expect(await accounts.add(person('anna', { username: 'bert' }))).to.equal(false);
      expect(await accounts.add(person('bert', { username: ' ANNA ' }))).to.equal(false);
      expect(await accounts.add({ ...lone, id: 'bert' })).to.equal(false);
      expect(await opened.global.add(person('bert', { organization: 'south', username: 'Anna' }))).to.equal(false);
      expect(await listed()).to.have.members(['anna', 'other', 'lone']);
    });

    describe('a change', () => {
      const anna = person('anna', { profile: { name: 'Anna Jansen', emailVerified: false } });
      beforeEach(() => add(anna, person('bert')));

      it('replaces everything, and raises the version', async () => {
        const changed = person('anna', { username: 'ann', epoch: 1, disabled: true, organization: 'south' });
        expect(await accounts.replace(changed, 1)).to.equal('replaced');
        expect(await accounts.find('anna')).to.deep.equal({ value: changed, version: 2, hasPassword: false });
      });

      it('of an old version changes nothing', async () => {
        expect(await accounts.replace({ ...anna, username: 'first' }, 1)).to.equal('replaced');
        expect(await accounts.replace({ ...anna, username: 'second' }, 1)).to.equal('changed');
        expect(await accounts.replace(person('nobody'), 1)).to.equal('changed');
        expect((await accounts.find('anna'))?.value.username).to.equal('first');
        expect(await listed({ prefix: 'second' })).to.deep.equal([]);
      });

      it('to a name that is taken changes nothing', async () => {
        expect(await accounts.replace({ ...anna, username: 'BERT' }, 1)).to.equal('taken');
        expect(await accounts.replace({ ...anna, username: 'BERT', organization: 'south' }, 1)).to.equal('replaced');
        expect(await opened.global.replace({ ...anna, username: 'bert', organization: 'south' }, 2)).to.equal('taken');
      });

      it('is what people are found by from then on', async () => {
        await accounts.replace(
          { ...anna, username: 'ann', profile: { name: 'Ann de Vries', emailVerified: false } },
          1,
        );
        expect(await listed({ prefix: 'jans' })).to.deep.equal([]);
        expect(await listed({ prefix: 'vries' })).to.deep.equal(['anna']);
      });

      it('of several at once is one of them', async () => {
        const outcomes = await Promise.all(
          Array.from({ length: 8 }, (_, index) =>
            (index % 2 === 0 ? accounts : opened.others).replace({ ...anna, username: `name ${index}` }, 1),
          ),
        );
        expect(outcomes.filter((outcome) => outcome === 'replaced')).to.have.length(1);
        expect(outcomes.filter((outcome) => outcome === 'changed')).to.have.length(7);
      });
    });

    describe('a role that somebody must have', () => {
      const boss = (id: string, changes: Partial<Account> = {}) => person(id, { roles: ['administrator'], ...changes });
      const lead = (id: string, changes: Partial<Account> = {}) => person(id, { roles: ['superuser'], ...changes });
      const demoted = (one: Account): Account => ({ ...one, roles: [] });

      it('is not taken from the last one, nobody who is disabled counts, and the wrong organization does not either', async () => {
        await add(boss('one'), boss('off', { disabled: true }), lead('lead'), lead('far', { organization: 'south' }));
        const administrators = [{ role: 'administrator' as const }];
        const superusers = [{ role: 'superuser' as const, organization: 'north' }];
        expect(await accounts.replace(demoted(boss('one')), 1, administrators)).to.equal('last');
        expect(await accounts.replace(demoted(lead('lead')), 1, superusers)).to.equal('last');
        expect((await accounts.find('one'))?.value.roles).to.deep.equal(['administrator']);

        await add(boss('two'), lead('next'));
        expect(await accounts.replace(demoted(boss('one')), 1, administrators)).to.equal('replaced');
        expect(await accounts.replace(demoted(lead('lead')), 1, superusers)).to.equal('replaced');
      });

      it('is asked for among those without an organization, too', async () => {
        const lone = (id: string): Account => {
          const { organization: _, ...rest } = lead(id);
          return rest;
        };
        await add(lone('one'), lead('lead'));
        const leaving = [{ role: 'superuser' as const, organization: null }];
        expect(await accounts.replace(demoted(lone('one')), 1, leaving)).to.equal('last');
      });

      it('is left to one of any number who take it from each other at once', async () => {
        const bosses = Array.from({ length: 6 }, (_, index) =>
          boss(`boss ${index}`, { roles: ['superuser', 'administrator'] }),
        );
        await add(...bosses);
        const leaving = [{ role: 'administrator' as const }, { role: 'superuser' as const, organization: 'north' }];
        const outcomes = await Promise.all(
          bosses.map((one, index) =>
            (index % 2 === 0 ? accounts : opened.others).replace(
              demoted(one),
              1,
              leaving.slice(index % 3 === 0 ? 0 : 1),
            ),
          ),
        );
        expect(
          outcomes.filter((outcome) => outcome === 'last'),
          String(outcomes),
        ).to.have.length(1);
        expect(outcomes.filter((outcome) => outcome === 'replaced')).to.have.length(5);
      });
    });

    describe('a page', () => {
      beforeEach(async () => {
        await add(
          person('a1', {
            username: 'Jan',
            profile: { name: 'Jan Jansen', givenName: 'Jan', email: 'jan@example.org', emailVerified: false },
          }),
          person('a2', { username: 'jan', organization: 'south' }),
          person('a3', { username: 'zoe', profile: { name: 'Zoë van den Berg-Janssen', emailVerified: false } }),
          person('a4', { username: 'piet', profile: { email: 'janus@example.org', emailVerified: true } }),
        );
        const { organization: _, ...lone } = person('a5', { username: '%_' });
        await add(lone);
      });

      it('goes by username, and tells people of one name apart', async () => {
        for (const limit of [1, 2, 50]) {
          expect(await listed({ limit }), String(limit)).to.deep.equal(['a5', 'a1', 'a2', 'a4', 'a3']);
        }
        expect(await listed({ limit: 1, organization: 'north' })).to.deep.equal(['a1', 'a4', 'a3']);
        expect(await listed({ organization: null })).to.deep.equal(['a5']);
        expect(await listed({ organization: 'nowhere' })).to.deep.equal([]);
      });

      it('finds by the start of the username, the address, or the name from any word on: everybody once', async () => {
        for (const limit of [1, 2, 50]) {
          expect(await listed({ limit, prefix: ' JAN' }), String(limit)).to.have.members(['a1', 'a2', 'a3', 'a4']);
          expect(await listed({ limit, prefix: 'j', organization: 'north' })).to.have.members(['a1', 'a3', 'a4']);
        }
        const found: readonly [string, readonly string[]][] = [
          ['jan jan', ['a1']],
          ['jan@', ['a1']],
          ['ja', ['a1', 'a2', 'a3', 'a4']],
          ['janu', ['a4']],
          ['den b', ['a3']],
          ['berg-j', ['a3']],
          ['janssen', ['a3']],
          ['zoe\u0308', ['a3']],
          ['erg', []],
          ['%', ['a5']],
          ['_', []],
          ['', ['a5', 'a1', 'a2', 'a4', 'a3']],
        ];
        for (const [prefix, ids] of found) expect(await listed({ prefix }), prefix).to.have.members(ids);
        expect(await listed({ prefix: 'jan', organization: 'south' })).to.deep.equal(['a2']);
        expect(await listed({ prefix: '%', organization: null })).to.deep.equal(['a5']);
      });

      it('answers a page whatever somebody makes of a place', async () => {
        for (const after of ['', '!', 'bnVsbA', 'AAAA']) {
          expect((await accounts.page({ limit: 9, after })).items.length, after).to.be.at.most(5);
          expect((await accounts.page({ limit: 9, after, prefix: 'zoe' })).items, after).to.have.length(1);
        }
        const { next = '' } = await accounts.page({ limit: 1, prefix: 'jan' });
        expect((await accounts.page({ limit: 9, after: next, prefix: 'zoe' })).items).to.have.length(1);
      });
    });
  });
}
