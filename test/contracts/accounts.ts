import { expect } from 'chai';
import type { Account } from '../../src/domain/account.ts';
import type { AccountSource } from '../../src/domain/ports.ts';

/** Somebody whom the source under test has to know. */
export interface Person {
  readonly account: Account;
  readonly password?: string;
}

const plain: Omit<Account, 'id' | 'username'> = {
  disabled: false,
  epoch: 0,
  secondFactorRequired: false,
  roles: [],
  groups: [],
  profile: { emailVerified: false },
};

const anna: Account = {
  ...plain,
  id: 'a1',
  organization: 'north',
  username: 'Anna',
  epoch: 7,
  locale: 'nl',
  secondFactorRequired: true,
  roles: ['accountant', 'superuser'],
  groups: ['payroll', 'Ärzte'],
  profile: {
    name: 'Anna de Vries',
    givenName: 'Anna',
    familyName: 'de Vries',
    email: 'anna@example.org',
    emailVerified: true,
  },
};
const bare: Account = { ...plain, id: 'b1', organization: 'north', username: 'bare' };
const disabled: Account = { ...plain, id: 'd1', organization: 'north', username: 'gone', disabled: true };

const email = (address: string, emailVerified = true) => ({ profile: { email: address, emailVerified } });
const others: readonly Account[] = [
  { ...plain, id: 's1', organization: 'north', username: 'Straße' },
  { ...plain, id: 't1', organization: 'north', username: 'IŞIL' },
  { ...plain, id: 'c1', organization: 'north', username: 'claims', ...email('claimed@example.org', false) },
  { ...plain, id: 'm1', organization: 'north', username: 'twin one', ...email('twins@example.org') },
  { ...plain, id: 'm2', organization: 'north', username: 'twin two', ...email('Twins@example.org') },
  // One person's username is another's confirmed address.
  { ...plain, id: 'u1', organization: 'north', username: 'shared@example.org' },
  { ...plain, id: 'u2', organization: 'north', username: 'shares', ...email('shared@example.org') },
  { ...plain, id: 'a2', organization: 'south', username: 'anna' },
  { ...plain, id: 'o1', organization: 'south', username: 'only-south', ...email('south@example.org') },
];

/** What every implementation of `AccountSource` does. `open` answers one that knows the organizations and people given. */
export function accountsContract(
  open: (
    organizations: readonly string[],
    people: readonly Person[],
  ) => Promise<{ accounts: AccountSource; close(): Promise<void> }>,
): void {
  describe('as AccountSource', () => {
    let accounts: AccountSource;
    let close: () => Promise<void>;

    before(async () => {
      ({ accounts, close } = await open(
        ['north', 'south'],
        [
          { account: anna, password: 'correct horse' },
          { account: disabled, password: 'correct horse' },
          { account: bare },
          ...others.map((account) => ({ account })),
        ],
      ));
    });
    after(() => close());

    const found = async (name: string, organization?: string | null) => (await accounts.byName(name, organization))?.id;

    it('answers all that it knows of an account', async () => {
      expect(await accounts.byId('a1')).to.deep.equal(anna);
      expect(await accounts.byName('Anna', 'north')).to.deep.equal(anna);
    });

    it('leaves out what an account does not have', async () => {
      expect(await accounts.byId('b1')).to.deep.equal(bare);
    });

    it('knows nobody by an id that was never given', async () => {
      expect(await accounts.byId('A1')).to.equal(undefined);
      expect(await accounts.byId('')).to.equal(undefined);
    });

    it('compares names after trimming, NFKC and case folding', async () => {
      for (const name of ['anna', ' ANNA\t', 'Ａｎｎａ']) expect(await found(name, 'north'), name).to.equal('a1');
      for (const name of ['strasse', 'STRASSE', 'straße']) expect(await found(name, 'north'), name).to.equal('s1');
      expect(await found('işil', 'north')).to.equal('t1');
    });

    it('finds who belongs to no organization where that is asked for, and nobody else', async () => {
      expect(await found(bare.username, null)).to.equal(bare.organization === undefined ? bare.id : undefined);
      expect(await found('anna', null)).to.equal(undefined);
    });

    it('finds by a confirmed e-mail address', async () => {
      expect(await found('Anna@Example.org', 'north')).to.equal('a1');
      expect(await found('claimed@example.org', 'north')).to.equal(undefined);
    });

    it('finds nobody by an address that several accounts confirmed', async () => {
      expect(await found('twins@example.org', 'north')).to.equal(undefined);
      expect(await found('twin one', 'north')).to.equal('m1');
    });

    it('lets a username go before an address', async () => {
      expect(await found('shared@example.org', 'north')).to.equal('u1');
      expect(await found('shared@example.org')).to.equal('u1');
    });

    it('keeps organizations apart', async () => {
      expect(await found('anna', 'north')).to.equal('a1');
      expect(await found('anna', 'south')).to.equal('a2');
      expect(await found('only-south', 'north')).to.equal(undefined);
      expect(await found('south@example.org', 'north')).to.equal(undefined);
      expect(await found('anna', 'nowhere')).to.equal(undefined);
    });

    it('searches all organizations where none is named, and answers nobody where several have the name', async () => {
      expect(await found('only-south')).to.equal('o1');
      expect(await found('south@example.org')).to.equal('o1');
      expect(await found('anna')).to.equal(undefined);
    });

    it('knows nobody by wild cards or an empty name', async () => {
      for (const name of ['', ' ', '%', '_nna', "' or 1=1 --", '\0'])
        expect(await found(name, 'north'), name).to.equal(undefined);
    });

    it('tells a right password from a wrong one', async () => {
      expect(await accounts.verifyPassword(anna, 'correct horse')).to.equal(true);
      expect(await accounts.verifyPassword(anna, 'Correct horse')).to.equal(false);
      expect(await accounts.verifyPassword(anna, '')).to.equal(false);
    });

    it('accepts no password of nobody, of a disabled account, or where none was set', async () => {
      for (const account of [undefined, disabled, bare]) {
        expect(await accounts.verifyPassword(account, 'correct horse')).to.equal(false);
        expect(await accounts.verifyPassword(account, '')).to.equal(false);
      }
    });

    it('replaces a password and raises the epoch', async () => {
      if (accounts.setPassword === undefined) return;
      await accounts.setPassword('o1', 'first words');
      const before = await accounts.byId('o1');
      await accounts.setPassword('o1', 'other words');
      const after = await accounts.byId('o1');
      expect(await accounts.verifyPassword(after, 'first words')).to.equal(false);
      expect(await accounts.verifyPassword(after, 'other words')).to.equal(true);
      expect(after?.epoch).to.be.greaterThan(before?.epoch ?? Number.NaN);
    });

    it('replaces an e-mail address on behalf of its owner, who signs in with it once it is confirmed, and raises the epoch', async () => {
      if (accounts.setEmail === undefined) return;
      const before = await accounts.byId('o1');
      const epoch = before?.epoch ?? Number.NaN;
      expect(await accounts.setEmail('o1', 'Other@Example.org', { verified: true, epoch })).to.equal(true);
      const after = await accounts.byId('o1');
      expect(after?.profile).to.include({ email: 'Other@Example.org', emailVerified: true });
      expect(after?.epoch).to.be.greaterThan(before?.epoch ?? Number.NaN);
      expect(after?.replacedEmail).to.deep.equal(before?.replacedEmail);
      expect(await found('other@example.org')).to.equal('o1');
      expect(await found('south@example.org')).to.equal(undefined);
      const next = after?.epoch ?? Number.NaN;
      expect(await accounts.setEmail('o1', 'third@example.org', { verified: false, epoch: next })).to.equal(true);
      expect(await found('third@example.org'), 'unconfirmed').to.equal(undefined);
    });

    it('replaces no address of an account that changed since', async () => {
      if (accounts.setEmail === undefined) return;
      const { epoch = Number.NaN } = (await accounts.byId('o1')) ?? {};
      const race = ['one@example.org', 'two@example.org'].map((address) =>
        accounts.setEmail?.('o1', address, { verified: true, epoch }),
      );
      expect(await Promise.all(race)).to.have.members([true, false]);
      const changed = await accounts.byId('o1');
      expect(await accounts.setEmail('o1', 'three@example.org', { verified: true, epoch })).to.equal(false);
      expect(await accounts.byId('o1')).to.deep.equal(changed);
      expect(await accounts.setEmail('nobody', 'three@example.org', { verified: true, epoch: 0 })).to.equal(false);
    });

    it('keeps the language that somebody chooses, and nothing else changes', async () => {
      if (accounts.setLocale === undefined) return;
      const before = await accounts.byId('s1');
      await accounts.setLocale('s1', 'nl');
      expect(await accounts.byId('s1')).to.deep.equal({ ...before, locale: 'nl' });
    });
  });
}
