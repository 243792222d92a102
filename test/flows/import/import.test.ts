import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { importFile } from '../../../src/flows/import/index.ts';
import { onEveryDatabase } from '../../stores/sql/databases.ts';
import { SoftKey } from '../../support/webauthn/soft-key.ts';
import { application, fileOf, HASH, type Importing, importing, office, person } from './importing.ts';

const nothing = { organizations: 0, accounts: 0, clients: 0 };

describe('importFile', () => {
  onEveryDatabase((migrated) => {
    let subject: Importing;

    beforeEach(async () => {
      subject = importing(await migrated());
    });
    afterEach(() => subject.close());

    /** `line reason field` of every fault. */
    async function faultsOf(lines: readonly unknown[], changed = subject): Promise<string[]> {
      const outcome = await changed.run(lines);
      if (outcome.ok) return [];
      return outcome.badLines.map(({ line, reason, field }) => `${line} ${reason} ${field}`);
    }

    it('imports the example, and changes nothing the second time', async () => {
      const path = fileURLToPath(import.meta.resolve('#root/config/import.example.jsonl'));
      const example = { read: () => createReadStream(path) };
      const all = { organizations: 2, accounts: 5, clients: 3 };
      expect(await importFile(example, subject)).to.deep.equal({ ok: true, added: all, standing: nothing });
      expect(await importFile(example, subject)).to.deep.equal({ ok: true, added: nothing, standing: all });

      const amsterdam = await subject.organizations.byCode('AMSTERDAM');
      expect(amsterdam?.secondFactorRequired).to.equal(true);
      const anna = await subject.accounts.byName('anna@example.com', amsterdam?.id);
      expect(anna).to.deep.include({ username: 'anna', locale: 'nl', roles: ['superuser'], groups: ['payroll'] });
      expect(await subject.accounts.verifyPassword(anna, 'correct horse battery staple')).to.equal(true);
      const bram = await subject.accounts.byId('u-1002');
      expect(await subject.accounts.verifyPassword(bram, 'correct horse battery staple')).to.equal(true);
      expect(await subject.enrolments.of('u-1002')).to.deep.include({ everHeld: true });
      const carla = await subject.accounts.byName('carla', 'org-utrecht');
      expect(await subject.accounts.verifyPassword(carla, 'a password of her own')).to.equal(true);
      const intranet = await subject.clients.byId('intranet');
      expect(intranet?.secret).to.equal('change-me-before-you-import-this');
      expect(intranet?.organizations).to.deep.equal([amsterdam?.id]);
    });

    it('imports an authenticator app that a person can go on using', async () => {
      await subject.run([person('anna', { id: 'a1', factors: { totp: { key: 'jbsw y3dp ehpk 3pxp' } } })]);
      const { everHeld, enrolments } = await subject.enrolments.of('a1');
      expect(everHeld).to.equal(true);
      expect(enrolments).to.have.length(1);
      expect(enrolments[0]).to.deep.include({ account: 'a1', factor: 'totp', failures: 0 });
      expect(enrolments[0]?.secret).to.deep.include({ key: 'JBSWY3DPEHPK3PXP' });
    });

    it('imports several keys of U2F for one person, and none when one of them is of no use', async () => {
      const [one, other] = [new SoftKey(), new SoftKey()].map((key) => ({
        ...key.u2f(),
        appId: 'https://old.example.com/app-id.json',
      }));
      await subject.run([
        person('anna', { id: 'a1', factors: { 'security-key': [{ ...one, name: 'Blue' }, other] } }),
        person('bert', { id: 'a2', factors: { 'security-key': one } }),
      ]);
      const { enrolments } = await subject.enrolments.of('a1');
      expect(enrolments.map(({ factor }) => factor)).to.deep.equal(['security-key', 'security-key']);
      expect(enrolments.map(({ lookup }) => lookup)).to.have.members([one?.keyHandle, other?.keyHandle]);
      expect(await subject.enrolments.holdersOf(other?.keyHandle ?? '')).to.deep.equal(['a1']);
      expect(await subject.enrolments.holdersOf(one?.keyHandle ?? '')).to.have.members(['a1', 'a2']);
      expect(await subject.enrolments.holdersOf('nothing')).to.deep.equal([]);
      expect(
        await faultsOf([person('carl', { factors: { 'security-key': [one, { ...other, appId: 'no address' }] } })]),
      ).to.deep.equal(['1 unusable factors.security-key']);
    });

    it('imports a phone number: held when it is confirmed, else for its owner to confirm', async () => {
      const number = '+31612345678';
      await subject.run([
        person('anna', { id: 'a1', phoneNumber: number, phoneNumberVerified: true }),
        person('bram', { id: 'a2', phoneNumber: number }),
        person('carla', { id: 'a3', factors: { sms: { number } } }),
      ]);
      const kept = { factor: 'sms', secret: { number }, lookup: number };
      for (const [id, everHeld, held, provisional] of [
        ['a1', true, 1, 0],
        ['a2', false, 0, 1],
        ['a3', true, 1, 0],
      ] as const) {
        const set = await subject.enrolments.of(id);
        expect(set.everHeld, id).to.equal(everHeld);
        expect([set.enrolments.length, set.provisional.length], id).to.deep.equal([held, provisional]);
        expect([...set.enrolments, ...set.provisional][0], id).to.deep.include({ ...kept, account: id });
      }
    });

    it('adds what is new and leaves alone what stands', async () => {
      await subject.run([office('a'), person('anna', { organization: 'a', id: 'a1', name: 'Anna' })]);
      const outcome = await subject.run([
        office('A', { name: 'Other' }),
        person('ANNA', { organization: 'a', name: 'Other', password: 'hush' }),
        person('bert', { organization: 'a' }),
      ]);
      expect(outcome).to.deep.equal({
        ok: true,
        added: { organizations: 0, accounts: 1, clients: 0 },
        standing: { organizations: 1, accounts: 1, clients: 0 },
      });
      expect((await subject.accounts.byId('a1'))?.profile.name).to.equal('Anna');
      expect(subject.hashed).to.deep.equal([]);
    });

    it('knows an account by its id after it was renamed', async () => {
      await subject.run([person('anna', { id: 'a1' })]);
      const outcome = await subject.run([person('anna-maria', { id: 'a1' })]);
      expect(outcome).to.deep.include({ ok: true, added: nothing });
      expect((await subject.accounts.byId('a1'))?.username).to.equal('anna');
    });

    it('keeps people of several organizations apart', async () => {
      const outcome = await subject.run([
        office('a'),
        office('b'),
        person('anna', { organization: 'a' }),
        person('anna', { organization: 'b' }),
        person('anna'),
      ]);
      expect(outcome).to.deep.include({ ok: true, added: { organizations: 2, accounts: 3, clients: 0 } });
      const standing = { ok: true, added: nothing };
      expect(await subject.run([person('anna'), person('anna', { organization: 'b' })])).to.deep.include(standing);
      expect(await subject.run([office('c'), person('anna', { organization: 'c' })])).to.deep.include({
        added: { organizations: 1, accounts: 1, clients: 0 },
      });
    });

    it('lets a line refer to an organization further down', async () => {
      const lines = [person('anna', { organization: 'A' }), application('c', { organizations: ['a'] }), office('a')];
      expect(await subject.run(lines)).to.deep.include({ ok: true });
    });

    it('writes nothing when one line is bad', async () => {
      const lines = [office('a'), person('anna', { organization: 'a' }), application('c'), person('bert', { x: 1 })];
      expect(await faultsOf(lines)).to.deep.equal(['4 unknown-field x']);
      expect(await subject.organizations.howMany()).to.equal(0);
      expect(await subject.count()).to.equal(0);
      expect(await subject.clients.byId('c')).to.equal(undefined);
    });

    it('writes nothing on a dry run', async () => {
      const outcome = await subject.run([office('a'), person('anna', { password: 'p' })], { dryRun: true });
      const added = { organizations: 1, accounts: 1, clients: 0 };
      expect(outcome).to.deep.equal({ ok: true, added, standing: nothing });
      expect(await subject.count()).to.equal(0);
      expect(subject.hashed).to.deep.equal([]);
    });

    it('writes nothing when the file changes while it is read', async () => {
      const versions = [fileOf([person('anna'), person('bert')]), fileOf([person('anna'), person('carl')])];
      const changing = { read: () => (versions.shift() ?? fileOf([])).read() };
      const outcome = await importFile(changing, subject).catch((error: Error) => error.message);
      expect(outcome).to.equal('The file changed while it was imported');
      expect(await subject.count()).to.equal(0);
    });

    it('finds what repeats within the file', async () => {
      const faults = await faultsOf([
        office('a', { id: 'o1' }),
        office(' A '),
        office('b', { id: 'o1' }),
        person('anna', { organization: 'a', id: 'a1' }),
        person('ANNA', { organization: 'A' }),
        person('bert', { id: 'a1' }),
        application('c'),
        application('c'),
      ]);
      expect(faults).to.deep.equal([
        '2 repeated code',
        '3 repeated id',
        '5 repeated username',
        '6 repeated id',
        '8 repeated id',
      ]);
    });

    it('finds what is not there', async () => {
      const faults = await faultsOf([
        person('anna', { organization: 'nowhere' }),
        application('c', { organizations: ['nowhere'] }),
        office('a', { methods: ['totp', 'telepathy', 'password'] }),
        person('bert', { factors: { telepathy: {}, totp: { key: 'no' } } }),
      ]);
      expect(faults).to.deep.equal([
        '1 unknown-organization organization',
        '2 unknown-organization organizations.0',
        '3 unknown-factor methods.1',
        '3 unknown-factor methods.2',
        '4 unknown-factor factors.telepathy',
        '4 unusable factors.totp',
      ]);
    });

    it('finds hashes that are not accepted', async () => {
      const costly = HASH.replace('m=19456', 'm=9999999');
      const hashes = ['md5', HASH.slice(0, -30), costly, HASH];
      expect(await faultsOf(hashes.map((passwordHash, index) => person(`p${index}`, { passwordHash })))).to.deep.equal([
        '1 unknown-scheme passwordHash',
        '2 malformed passwordHash',
        '3 too-costly passwordHash',
      ]);
    });

    it('finds what belongs to another', async () => {
      await subject.run([office('a', { id: 'o1' }), person('anna', { id: 'a1' })]);
      expect(await faultsOf([office('a', { id: 'o2' }), person('anna', { id: 'a2' })])).to.deep.equal([
        '1 taken code',
        '2 taken username',
      ]);
    });

    it('lists a thousand faults and counts the others', async () => {
      const outcome = await subject.run(Array.from({ length: 1_100 }, () => '{}'));
      expect(outcome.ok).to.equal(false);
      if (!outcome.ok) expect([outcome.badLines.length, outcome.unlisted]).to.deep.equal([1_000, 100]);
    });

    it('repeats nothing of the file', async () => {
      const hush = { password: 'hush', passwordHash: 'hush', email: 'hush', id: 'hush hush', phoneNumber: 'hush' };
      const outcome = await subject.run([
        person('hush', { ...hush, factors: { totp: { key: 'hush' } } }),
        application('hush', { secret: 'hush', metadata: { redirect_uris: ['hush'] } }),
        'hush',
      ]);
      expect(outcome.ok).to.equal(false);
      expect(JSON.stringify(outcome)).to.not.include('hush');
    });

    it('hashes each plain password once, and none of those that are hashed already', async () => {
      const lines = Array.from({ length: 70 }, (_, index) =>
        person(`p${index}`, index % 2 === 0 ? { password: `password ${index}` } : { passwordHash: HASH }),
      );
      await subject.run(lines);
      expect(subject.hashed).to.have.length(35);
      const account = await subject.accounts.byName('p68');
      expect(await subject.accounts.verifyPassword(account, 'password 68')).to.equal(true);
    });

    it('takes a look and a batch for every 500 accounts, and one transaction', async () => {
      const asked: number[] = [];
      const added: number[] = [];
      let transactions = 0;
      const imports: typeof subject.imports = {
        standing(usernames, ids) {
          asked.push(usernames.length);
          return subject.imports.standing(usernames, ids);
        },
        erased: (ids) => subject.imports.erased(ids),
        addAll(batches) {
          transactions += 1;
          async function* watched() {
            for await (const batch of batches) {
              added.push(batch.accounts.length);
              yield batch;
            }
          }
          return subject.imports.addAll(watched());
        },
      };
      const people = Array.from({ length: 2_100 }, (_, index) => person(`p${index}`, { passwordHash: HASH }));
      expect(await subject.run(people, { imports })).to.deep.include({ ok: true });
      expect(asked).to.deep.equal([500, 500, 500, 500, 100]);
      expect(added).to.deep.equal([500, 500, 500, 500, 100]);
      expect(transactions).to.equal(1);
      expect(subject.hashed).to.deep.equal([]);
      expect(await subject.count()).to.equal(2_100);
    });

    it('tells how far it is, to the last byte', async () => {
      const seen = new Map<string, number>();
      const lines = [person('anna', { password: 'p' })];
      await subject.run(lines, { onProgress: (stage, bytes) => seen.set(stage, bytes) });
      const size = JSON.stringify(lines[0]).length;
      expect([...seen]).to.deep.equal([
        ['check', size],
        ['hash', size],
        ['write', size],
      ]);
    });

    it('takes an empty file', async () => {
      expect(await subject.run([])).to.deep.equal({ ok: true, added: nothing, standing: nothing });
    });

    describe('where nobody is asked for an office code', () => {
      beforeEach(() => {
        subject = importing(subject, 'never');
      });

      it('wants usernames that are unique in the whole deployment', async () => {
        const anna = (organization: string) => person('anna', { organization });
        expect(await faultsOf([office('a'), office('b'), anna('a'), anna('b')])).to.deep.equal(['4 repeated username']);
        await subject.run([office('a'), office('b'), anna('a')]);
        expect(await faultsOf([anna('b')])).to.deep.equal(['1 taken username']);
        expect(await faultsOf([anna('a')])).to.deep.equal([]);
      });
    });
  });
});
