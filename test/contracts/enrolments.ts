import { expect } from 'chai';
import type { Enrolment } from '../../src/domain/enrolment.ts';
import type { Enrolments } from '../../src/domain/ports.ts';

const NOW = 1_785_000_000_000;
const ACCOUNT = 'a1';

const enrolment = (id: string, changes: Partial<Enrolment> = {}): Enrolment => ({
  id,
  account: ACCOUNT,
  factor: 'totp',
  secret: { key: 'JBSWY3DPEHPK3PXP', last: 1 },
  version: 1,
  createdAt: NOW,
  failures: 0,
  ...changes,
});

/** What every implementation of `Enrolments` does. `open` answers one without any; `another` is another process on the same data. */
export function enrolmentsContract(
  open: () => Promise<{ enrolments: Enrolments; another(): Promise<Enrolments>; close(): Promise<void> }>,
): void {
  describe('as Enrolments', () => {
    let enrolments: Enrolments;
    let another: () => Promise<Enrolments>;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ enrolments, another, close } = await open());
    });
    afterEach(() => close());

    const set = () => enrolments.of(ACCOUNT);
    const ids = async () => (await set()).enrolments.map(({ id }) => id);
    async function processes(count: number): Promise<Enrolments[]> {
      return [enrolments, ...(await Promise.all(Array.from({ length: count - 1 }, another)))];
    }

    it('answers an empty set for an account that has nothing', async () => {
      expect(await set()).to.deep.equal({
        version: 0,
        epoch: 0,
        everHeld: false,
        toSetUp: false,
        enrolments: [],
        provisional: [],
      });
    });

    it('answers what was added, oldest first', async () => {
      const younger = enrolment('a', { createdAt: NOW + 1, lastUsedAt: NOW + 2, failures: 3, switchedOffAt: NOW + 5 });
      const older = enrolment('b', {
        factor: 'security-key',
        secret: ['é', null, { deep: [1.5, false] }],
        lookup: 'what it is found by',
      });
      expect(await enrolments.add(younger, 0)).to.equal(true);
      expect(await enrolments.add(older, (await set()).version)).to.equal(true);
      const { everHeld, epoch, enrolments: held } = await set();
      expect({ everHeld, epoch }).to.deep.equal({ everHeld: true, epoch: 0 });
      expect(held).to.deep.equal([older, younger]);
      expect((await enrolments.of('another')).enrolments).to.deep.equal([]);
    });

    it('adds only to the set that was seen', async () => {
      expect(await enrolments.add(enrolment('x'), 1)).to.equal(false);
      await enrolments.add(enrolment('a'), 0);
      const { version } = await set();
      expect(await enrolments.add(enrolment('b'), 0)).to.equal(false);
      expect(await enrolments.add(enrolment('b'), version + 1)).to.equal(false);
      expect(await enrolments.add(enrolment('b'), version)).to.equal(true);
      expect(await enrolments.add(enrolment('c'), version)).to.equal(false);
      expect(await ids()).to.deep.equal(['a', 'b']);
    });

    it('ends with one factor when several wizards finish at once', async () => {
      for (const seen of [0, 1]) {
        const before = (await ids()).length;
        const all = await processes(5);
        const added = await Promise.all(all.map((one, index) => one.add(enrolment(`${seen}-${index}`), seen)));
        expect(added.filter((won) => won)).to.have.length(1);
        expect(await ids()).to.have.length(before + 1);
      }
    });

    it('swaps a secret, notes the use and forgets the failures', async () => {
      await enrolments.add(enrolment('a', { lastUsedAt: NOW, failures: 2 }), 0);
      const next = { id: 'a', account: ACCOUNT, factor: 'totp', secret: { last: 2 }, version: 1, lastUsedAt: NOW + 9 };
      expect(await enrolments.replace(next)).to.equal(true);
      const [held] = (await set()).enrolments;
      expect(held).to.deep.equal(enrolment('a', { secret: { last: 2 }, version: 2, lastUsedAt: NOW + 9 }));
    });

    it('keeps the last use where none is named, and the version of the set', async () => {
      await enrolments.add(enrolment('a', { lastUsedAt: NOW }), 0);
      const { version } = await set();
      await enrolments.replace({ id: 'a', account: ACCOUNT, factor: 'totp', secret: 1, version: 1 });
      expect((await set()).enrolments[0]?.lastUsedAt).to.equal(NOW);
      expect((await set()).version).to.equal(version);
    });

    it('swaps nothing that was changed, switched off, removed or somebody else’s', async () => {
      await enrolments.add(enrolment('a'), 0);
      await enrolments.add(enrolment('off', { switchedOffAt: NOW }), 1);
      const next = { id: 'a', account: ACCOUNT, factor: 'totp', secret: 'next', version: 1 };
      for (const wrong of [
        { version: 0 },
        { version: 2 },
        { account: 'b' },
        { factor: 'sms' },
        { id: 'b' },
        { id: 'off' },
      ]) {
        expect(await enrolments.replace({ ...next, ...wrong }), JSON.stringify(wrong)).to.equal(false);
      }
      expect(await enrolments.replace(next)).to.equal(true);
      expect(await enrolments.replace(next)).to.equal(false);
    });

    it('lets one of many parallel swaps win', async () => {
      await enrolments.add(enrolment('a'), 0);
      const all = await processes(4);
      const swapped = await Promise.all(
        all.flatMap((one, process) =>
          Array.from({ length: 5 }, (_, index) =>
            one.replace({ id: 'a', account: ACCOUNT, factor: 'totp', secret: { process, index }, version: 1 }),
          ),
        ),
      );
      expect(swapped.filter((won) => won)).to.have.length(1);
      expect((await set()).enrolments[0]?.version).to.equal(2);
    });

    it('counts wrong answers and switches off at the limit, once', async () => {
      await enrolments.add(enrolment('a'), 0);
      const answers = [];
      for (let wrong = 0; wrong < 5; wrong += 1) answers.push(await enrolments.fail('a', 3, NOW + wrong));
      expect(answers).to.deep.equal([false, false, true, false, false]);
      const { everHeld, enrolments: held } = await set();
      expect(everHeld).to.equal(true);
      expect(held).to.deep.equal([enrolment('a', { failures: 3, switchedOffAt: NOW + 2 })]);
      expect(await enrolments.fail('nobody', 3, NOW)).to.equal(false);
    });

    it('counts parallel wrong answers exactly', async () => {
      await enrolments.add(enrolment('a'), 0);
      const all = await processes(3);
      const counted = all.flatMap((one) => Array.from({ length: 10 }, () => one.fail('a', 20, NOW)));
      expect((await Promise.all(counted)).filter((off) => off)).to.have.length(1);
      expect((await set()).enrolments[0]).to.include({ failures: 20, switchedOffAt: NOW });
    });

    it('leaves the version of a secret alone when an answer was wrong', async () => {
      await enrolments.add(enrolment('a'), 0);
      await enrolments.fail('a', 100, NOW);
      expect(await enrolments.replace({ id: 'a', account: ACCOUNT, factor: 'totp', secret: 1, version: 1 })).to.equal(
        true,
      );
    });

    it('finds who holds what is looked up, as long as they do', async () => {
      await enrolments.add(enrolment('a', { lookup: 'one' }), 0);
      await enrolments.add(enrolment('b', { lookup: 'one' }), 1);
      await enrolments.add(enrolment('z', { account: 'another', lookup: 'one' }), 0);
      await enrolments.add(enrolment('c', { lookup: 'other' }), 2);
      expect(await enrolments.holdersOf('one'))
        .to.have.members([ACCOUNT, 'another'])
        .and.length(2);
      expect(await enrolments.holdersOf('other')).to.deep.equal([ACCOUNT]);
      expect(await enrolments.holdersOf('nothing')).to.deep.equal([]);
      await enrolments.remove(ACCOUNT);
      expect(await enrolments.holdersOf('one')).to.deep.equal(['another']);
    });

    it('removes everything, raises the epoch and remembers that there was something', async () => {
      await enrolments.add(enrolment('a'), 0);
      await enrolments.add(enrolment('b'), 1);
      await enrolments.add(enrolment('z', { account: 'another' }), 0);
      await enrolments.remove(ACCOUNT);
      expect(await set()).to.deep.equal({
        version: 3,
        epoch: 1,
        everHeld: true,
        toSetUp: false,
        enrolments: [],
        provisional: [],
      });
      expect((await enrolments.of('another')).enrolments).to.have.length(1);
    });

    it('removes those named, of this account alone', async () => {
      await enrolments.add(enrolment('a'), 0);
      await enrolments.add(enrolment('b'), 1);
      await enrolments.add(enrolment('z', { account: 'another' }), 0);
      await enrolments.remove(ACCOUNT, ['b', 'z', 'nobody']);
      expect(await ids()).to.deep.equal(['a']);
      expect((await enrolments.of('another')).enrolments).to.have.length(1);
      await enrolments.remove(ACCOUNT, []);
      expect(await ids()).to.deep.equal(['a']);
    });

    it('removes nothing from a set that changed since it was seen', async () => {
      await enrolments.add(enrolment('a'), 0);
      await enrolments.add(enrolment('b'), 1);
      expect(await enrolments.remove(ACCOUNT, ['a'], 1)).to.equal(false);
      expect(await ids()).to.deep.equal(['a', 'b']);
      expect(await set()).to.include({ version: 2, epoch: 0 });
      expect(await enrolments.remove(ACCOUNT, ['a'], 2)).to.equal(true);
      expect(await set()).to.include({ version: 3, epoch: 1 });
    });

    it('lets one of many parallel removals win that saw the same', async () => {
      await enrolments.add(enrolment('a'), 0);
      await enrolments.add(enrolment('b'), 1);
      const all = await processes(4);
      const removed = await Promise.all(all.map((one, index) => one.remove(ACCOUNT, [index % 2 ? 'a' : 'b'], 2)));
      expect(removed.filter((won) => won)).to.have.length(1);
      expect(await ids()).to.have.length(1);
    });

    it('lets nothing be added to a set that was removed meanwhile', async () => {
      await enrolments.add(enrolment('a'), 0);
      await enrolments.remove(ACCOUNT);
      expect(await enrolments.add(enrolment('b'), 1)).to.equal(false);
      expect(await enrolments.add(enrolment('b'), 0)).to.equal(false);
      expect(await enrolments.add(enrolment('b'), 2)).to.equal(true);
    });

    it('counts a reset of an account that never held anything', async () => {
      await enrolments.remove(ACCOUNT);
      expect(await set()).to.deep.equal({
        version: 1,
        epoch: 1,
        everHeld: false,
        toSetUp: false,
        enrolments: [],
        provisional: [],
      });
    });

    describe('reset', () => {
      const codes = (changes: Partial<Enrolment> = {}) => enrolment('codes', { factor: 'recovery-code', ...changes });
      const spent = { id: 'codes', version: 1 };

      it('takes everything that is held, and asks for a new factor until there is one', async () => {
        await enrolments.add(enrolment('a'), 0);
        await enrolments.add(codes(), 1);
        await enrolments.add(enrolment('z', { account: 'another' }), 0);
        expect(await enrolments.reset(ACCOUNT, spent)).to.equal(true);
        expect(await set()).to.deep.equal({
          version: 3,
          epoch: 1,
          everHeld: true,
          toSetUp: true,
          enrolments: [],
          provisional: [],
        });
        expect((await enrolments.of('another')).enrolments).to.have.length(1);
        expect(await enrolments.add(enrolment('b'), 3)).to.equal(true);
        expect(await set()).to.deep.include({ version: 4, epoch: 1, toSetUp: false });
      });

      it('changes nothing where the codes were used, switched off or removed meanwhile, or are somebody else’s', async () => {
        await enrolments.add(enrolment('a'), 0);
        await enrolments.add(codes(), 1);
        await enrolments.add(enrolment('off', { switchedOffAt: NOW }), 2);
        const before = await set();
        for (const wrong of [
          { id: 'codes', version: 0 },
          { id: 'gone', version: 1 },
          { id: 'off', version: 1 },
        ]) {
          expect(await enrolments.reset(ACCOUNT, wrong), JSON.stringify(wrong)).to.equal(false);
        }
        expect(await enrolments.reset('another', spent)).to.equal(false);
        expect(await set()).to.deep.equal(before);
        expect((await enrolments.of('another')).epoch).to.equal(0);
      });

      it('is done once, however many ask at once', async () => {
        await enrolments.add(enrolment('a'), 0);
        await enrolments.add(codes(), 1);
        const all = await processes(4);
        const done = await Promise.all(
          all.flatMap((one) => Array.from({ length: 5 }, () => one.reset(ACCOUNT, spent))),
        );
        expect(done.filter((won) => won)).to.have.length(1);
        expect(await set()).to.deep.include({ version: 3, epoch: 1 });
      });

      it('happens or a code is used to sign in, never both', async () => {
        await enrolments.add(codes(), 0);
        const [one, other] = await processes(2);
        const used = { id: 'codes', account: ACCOUNT, factor: 'recovery-code', secret: 'fewer', version: 1 };
        const done = await Promise.all([one?.reset(ACCOUNT, spent), other?.replace(used)]);
        expect(done.filter((won) => won)).to.have.length(1);
      });

      it('by staff needs no code, also of somebody who never held anything', async () => {
        await enrolments.add(enrolment('a'), 0);
        expect(await enrolments.reset(ACCOUNT)).to.equal(true);
        expect(await set()).to.deep.include({ enrolments: [], toSetUp: true, epoch: 1 });
        expect(await enrolments.reset('another')).to.equal(true);
        expect(await enrolments.of('another')).to.deep.include({ everHeld: false, toSetUp: false, epoch: 1 });
      });
    });

    describe('what staff prepare', () => {
      const prepared = enrolment('number', {
        factor: 'sms',
        secret: { number: '+31612345678' },
        lookup: '+31612345678',
      });
      const nothing = { prepared: [], removed: [], toSetUp: false };

      it('is not held, for who never held anything, and takes the place of what was prepared before', async () => {
        expect(await enrolments.prepare(ACCOUNT, { ...nothing, prepared: [prepared] }, 0)).to.equal(true);
        expect(await set()).to.deep.equal({
          version: 1,
          epoch: 0,
          everHeld: false,
          toSetUp: false,
          enrolments: [],
          provisional: [prepared],
        });
        expect(await enrolments.holdersOf('+31612345678')).to.deep.equal([]);
        const other = { ...prepared, id: 'other' };
        expect(await enrolments.prepare(ACCOUNT, { ...nothing, prepared: [other], removed: ['number'] }, 1)).to.equal(
          true,
        );
        const { version, epoch, provisional } = await set();
        expect({ version, epoch, provisional }).to.deep.equal({ version: 2, epoch: 0, provisional: [other] });
      });

      it('takes the place of what was held, which raises the epoch', async () => {
        await enrolments.add(enrolment('phone', { factor: 'sms' }), 0);
        await enrolments.add(enrolment('app'), 1);
        const change = { prepared: [prepared], removed: ['phone'], toSetUp: false };
        expect(await enrolments.prepare(ACCOUNT, change, 2)).to.equal(true);
        const { version, epoch, everHeld, toSetUp, provisional } = await set();
        expect({ version, epoch, everHeld, toSetUp }).to.deep.equal({
          version: 3,
          epoch: 1,
          everHeld: true,
          toSetUp: false,
        });
        expect(provisional).to.deep.equal([prepared]);
        expect(await ids()).to.deep.equal(['app']);
      });

      it('leaves the account to set something up where nothing is held any more', async () => {
        await enrolments.add(enrolment('phone', { factor: 'sms' }), 0);
        await enrolments.prepare(ACCOUNT, { prepared: [], removed: ['phone'], toSetUp: true }, 1);
        const { everHeld, toSetUp, enrolments: held } = await set();
        expect({ everHeld, toSetUp, held }).to.deep.equal({ everHeld: true, toSetUp: true, held: [] });
        await enrolments.add(enrolment('app'), 2);
        expect((await set()).toSetUp).to.equal(false);
      });

      it('changes nothing when the set changed meanwhile, or belongs to somebody else', async () => {
        await enrolments.add(enrolment('app'), 0);
        await enrolments.add(enrolment('theirs', { account: 'a2' }), 0);
        expect(await enrolments.prepare(ACCOUNT, { ...nothing, prepared: [prepared], removed: ['app'] }, 0)).to.equal(
          false,
        );
        expect(await ids()).to.deep.equal(['app']);
        expect(await enrolments.prepare(ACCOUNT, { ...nothing, removed: ['theirs'] }, 1)).to.equal(true);
        expect((await enrolments.of('a2')).enrolments).to.have.length(1);
      });

      it('is of one of many who prepare at once', async () => {
        const outcomes = await Promise.all(
          (await processes(4)).flatMap((process, index) =>
            [0, 1].map((one) =>
              process.prepare(ACCOUNT, { ...nothing, prepared: [{ ...prepared, id: `${index} ${one}` }] }, 0),
            ),
          ),
        );
        expect(outcomes.filter((won) => won)).to.have.length(1);
        expect((await set()).provisional).to.have.length(1);
      });
    });

    it('keeps which factor is preferred, and nothing else changes', async () => {
      await enrolments.prefer(ACCOUNT, 'totp');
      expect(await set(), 'nothing is held').to.not.have.property('preferred');
      await enrolments.add(enrolment('a'), 0);
      const before = await set();
      await enrolments.prefer(ACCOUNT, 'totp');
      expect(await set()).to.deep.equal({ ...before, preferred: 'totp' });
    });
  });
}
