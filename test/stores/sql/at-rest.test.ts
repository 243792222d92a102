import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { Keyring } from '../../../src/crypto/keyring.ts';
import type { Vault } from '../../../src/domain/ports.ts';
import type { Database } from '../../../src/stores/sql/database.ts';
import { reencrypt } from '../../../src/stores/sql/reencrypt.ts';
import { LOOKUP } from '../../../src/stores/sql/sealed.ts';
import { type Fresh, onEveryDatabase } from './databases.ts';
import { batches, organization, SmallHasher } from './fixtures.ts';
import { sqlStores } from './stores.ts';

const secrets = {
  password: 'correct horse battery',
  totp: 'JBSWY3DPEHPK3PXPJBSWY3DP',
  replaced: 'KRSXG5CTMVRXEZLUKRSXG5CT',
  client: 'the secret of a client',
  recoveryCode: '12345678',
  phone: '+31612345678',
  privateKey: 'the private part of a key',
  mail: '/password/the-token-of-a-mail',
  answer: 'the secret in an answer',
};
const PEOPLE = 3;

const enrolment = (id: string, account: string, secret: object) => ({
  id,
  account,
  factor: 'totp',
  secret,
  version: 1,
  createdAt: 1_785_000_000_000,
  failures: 0,
});

const phone = (index: number) => ({
  ...enrolment(`sms ${index}`, `a${index}`, { number: secrets.phone }),
  factor: 'sms',
  lookup: secrets.phone,
});

async function populate(database: Database, vault: Vault): Promise<void> {
  const stores = sqlStores(database, vault);
  const passwordHash = await new SmallHasher().hash(secrets.password);
  const accounts = Array.from({ length: PEOPLE }, (_, index) => ({
    account: {
      id: `a${index}`,
      organization: 'o1',
      username: `user ${index}`,
      disabled: false,
      epoch: 0,
      secondFactorRequired: true,
      roles: [],
      groups: [],
      profile: { emailVerified: false },
    },
    passwordHash,
    enrolments: [enrolment(`totp ${index}`, `a${index}`, { key: secrets.totp })],
    provisional: [phone(index)],
  }));
  await stores.imports.addAll(batches({ organizations: [organization('o1')], accounts }));
  const { clients, enrolments, signingKeys, auditLog, mailQueue, repetitions } = stores;
  const claimed = await repetitions.claim({ key: 'r1', request: 'r' }, { now: 1, until: 2 });
  const claim = claimed.state === 'first' ? claimed.claim : '';
  await repetitions.answer('r1', { claim, answer: secrets.answer, until: 9 });
  const letter = { name: 'notice', account: 'a0', to: 'a0@example.com', locale: 'en', link: secrets.mail } as const;
  await mailQueue.add({ id: 'm1', errand: { kind: 'letter', letter } }, 1);
  await clients.save({
    id: 'c1',
    name: 'c1',
    metadata: {},
    secret: secrets.client,
    firstParty: true,
    pkceRequired: true,
  });
  await clients.save({ id: 'c2', name: 'public', metadata: {}, firstParty: true, pkceRequired: true });
  await signingKeys.add({ id: 'k1', algorithm: 'ES256', jwk: { d: secrets.privateKey }, createdAt: 1, signsFrom: 2 });
  await enrolments.add(enrolment('codes', 'a0', { codes: [secrets.recoveryCode] }), 1);
  await enrolments.replace({
    id: 'totp 0',
    account: 'a0',
    factor: 'totp',
    secret: { key: secrets.replaced },
    version: 1,
  });
  await auditLog.append([{ at: 1, type: 'factor.enrolled', account: 'a0', details: { factor: 'totp' } }]);
}

/** Every value of every table, as one text. */
async function dump({ kysely }: Database): Promise<string> {
  const tables = await kysely.introspection.getTables();
  expect(tables.length).to.be.greaterThan(8);
  const rows = await Promise.all(
    tables.map(({ name }) => kysely.withTables<Record<string, object>>().selectFrom(name).selectAll().execute()),
  );
  return JSON.stringify(rows);
}

describe('SQL at rest', () => {
  const old = randomBytes(32);
  const fresh = randomBytes(32);

  onEveryDatabase((migrated) => {
    let opened: Fresh;
    let database: Database;

    beforeEach(async () => {
      opened = await migrated();
      database = opened.database;
      await populate(database, new Keyring([old]));
    });
    afterEach(() => opened.close());

    /** Reads everything that is sealed. */
    async function readAll(vault: Vault): Promise<void> {
      const { clients, enrolments, signingKeys, mailQueue, repetitions } = sqlStores(database, vault);
      const repeated = await repetitions.claim({ key: 'r1', request: 'r' }, { now: 1, until: 2 });
      expect(repeated).to.deep.equal({ state: 'answered', answer: secrets.answer });
      const [mail] = await mailQueue.lease(1, 1, 1);
      expect(mail?.errand).to.have.nested.property('letter.link', secrets.mail);
      expect((await clients.byId('c1'))?.secret).to.equal(secrets.client);
      expect((await signingKeys.all())[0]?.jwk).to.deep.equal({ d: secrets.privateKey });
      const held = await enrolments.of('a0');
      expect(held.enrolments.map(({ secret }) => secret)).to.have.deep.members([
        { key: secrets.replaced },
        { codes: [secrets.recoveryCode] },
      ]);
      expect(held.provisional).to.deep.equal([phone(0)]);
      const rows = await database.kysely.selectFrom('enrolments').select(['factor', 'lookup_digest']).execute();
      for (const { factor, lookup_digest: digest } of rows) {
        expect(digest).to.equal(factor === 'sms' ? vault.digest(secrets.phone, LOOKUP) : null);
      }
    }

    it('shows no secret', async () => {
      const everything = await dump(database);
      expect(everything).to.include('user 1');
      for (const [name, secret] of Object.entries(secrets)) {
        for (const form of [secret, Buffer.from(secret).toString('base64url'), Buffer.from(secret).toString('hex')]) {
          expect(everything.includes(form), name).to.equal(false);
        }
      }
    });

    it('binds every secret to its row', async () => {
      const { kysely } = database;
      const [one] = await kysely.selectFrom('enrolments').select('secret').where('id', '=', 'totp 1').execute();
      await kysely
        .updateTable('enrolments')
        .set({ secret: one?.secret ?? '' })
        .where('id', '=', 'totp 2')
        .execute();
      await kysely
        .updateTable('clients')
        .set({ secret: one?.secret ?? '' })
        .where('id', '=', 'c1')
        .execute();
      const { enrolments, clients } = sqlStores(database, new Keyring([old]));
      const secretOfAnother = enrolments.of('a2').then((held) => held.enrolments.map(({ secret }) => secret));
      for (const read of [secretOfAnother, clients.byId('c1')]) {
        expect(await read.catch(() => 'refused')).to.equal('refused');
      }
      expect((await enrolments.of('a1')).enrolments).to.have.length(1);
    });

    it('moves to the first key, and then to that key alone', async () => {
      const moved = PEOPLE + 1 + 1 + 1 + 1 + 1 + 2 * PEOPLE;
      expect(await reencrypt(database, new Keyring([fresh, old]))).to.deep.equal({ moved, unreadable: 0 });
      await readAll(new Keyring([fresh, old]));
      expect(await reencrypt(database, new Keyring([fresh, old]))).to.deep.equal({ moved: 0, unreadable: 0 });
      // With the oldest key gone, digests are made anew.
      expect(await reencrypt(database, new Keyring([fresh]))).to.deep.equal({ moved: PEOPLE, unreadable: 0 });
      await readAll(new Keyring([fresh]));
    });

    it('moves in batches', async () => {
      const { enrolments } = sqlStores(database, new Keyring([old]));
      for (let index = 0; index < 520; index += 1)
        await enrolments.add(enrolment(`more ${index}`, `other ${index}`, {}), 0);
      expect((await reencrypt(database, new Keyring([fresh, old]))).moved).to.be.greaterThan(520);
      expect((await reencrypt(database, new Keyring([fresh, old]))).moved).to.equal(0);
    });

    it('leaves what no key opens as it is, and counts it', async () => {
      const before = await dump(database);
      const stranger = new Keyring([fresh]);
      expect(await reencrypt(database, stranger)).to.deep.equal({ moved: 0, unreadable: 3 * PEOPLE + 5 });
      expect(await dump(database)).to.equal(before);
    });

    it('loses nothing that changes meanwhile', async () => {
      const rotated = new Keyring([fresh, old]);
      const { enrolments } = sqlStores(database, rotated);
      const next = { id: 'totp 1', account: 'a1', factor: 'totp', secret: { key: 'next' }, version: 1 };
      let swapped: Promise<boolean> | undefined;
      const watched: Vault = {
        seal: (plain, context) => rotated.seal(plain, context),
        open: (sealed, context) => rotated.open(sealed, context),
        digest: (value, purpose) => rotated.digest(value, purpose),
        isOutdated(sealed) {
          // All rows were read by now, and none is moved yet.
          swapped ??= enrolments.replace(next);
          return rotated.isOutdated(sealed);
        },
      };
      await reencrypt(database, watched);
      expect(await swapped).to.equal(true);
      const [totp] = (await enrolments.of('a1')).enrolments;
      expect(totp).to.deep.include({ secret: { key: 'next' }, version: 2 });
    });
  });
});
