import { expect } from 'chai';
import { AuditSeals, newChain } from '../../src/crypto/audit-seals.ts';
import type { AuditEvent } from '../../src/domain/audit.ts';
import type { ChainState } from '../../src/domain/audit-chain.ts';
import type { AuditChain, AuditLog } from '../../src/domain/ports.ts';
import { extend } from '../../src/flows/audit/extend.ts';

const event = (index: number): AuditEvent => ({
  at: 1_785_000_000_000 + index,
  type: 'factor.wrong',
  account: 'noor',
  organization: 'o1',
  client: 'c1',
  address: '192.0.2.1',
  requestId: `r${index}`,
  details: { factor: 'totp' },
  before: { n: index },
  after: { n: null },
});

const go = { holder: 'one', now: 1_000, until: 2_000, limit: 10 };

/** What every implementation of `AuditChain` does. `another` is another process on the same data. */
export function auditChainContract(
  open: () => Promise<{ chain: AuditChain; log: AuditLog; another(): AuditChain; close(): Promise<void> }>,
): void {
  describe('as AuditChain', () => {
    let chain: AuditChain;
    let log: AuditLog;
    let another: () => AuditChain;
    let close: () => Promise<void>;
    const write = (from: number, to: number) =>
      log.append(Array.from({ length: to - from }, (_, index) => event(from + index)));
    const seqs = async () => (await chain.records(0, 100)).map(({ seal }) => seal.seq);

    beforeEach(async () => {
      ({ chain, log, another, close } = await open());
    });
    afterEach(() => close());

    it('begins once, whoever tries', async () => {
      expect(await chain.state()).to.equal(undefined);
      await Promise.all([newChain(), newChain(), newChain()].map((state) => another().begin(state)));
      const state = await chain.state();
      await another().begin(newChain());
      expect(await chain.state()).to.deep.equal(state);
    });

    it('gives the oldest their places, and answers them as they were written', async () => {
      await chain.begin(newChain());
      await write(0, 3);
      const { sealed } = (await chain.extend({ ...go, limit: 2 }, extend)) ?? {};
      expect(sealed).to.equal(2);
      expect(await chain.unsealed()).to.deep.equal({ count: 1, oldest: event(2).at });
      const [first, second] = await chain.records(0, 100);
      const { details, before, after, ...rest } = event(0);
      const texts = { details: JSON.stringify(details), before: JSON.stringify(before), after: JSON.stringify(after) };
      expect(first).to.deep.include({ ...rest, ...texts, actor: null, erased: { who: null, whom: null } });
      expect((await chain.state())?.head).to.deep.include({ seq: 2, hmac: second?.seal.hmac });
      expect(await chain.records(1, 1)).to.deep.equal([second]);
    });

    it('does nothing where nothing waits', async () => {
      await chain.begin(newChain());
      expect(await chain.extend(go, extend)).to.equal(undefined);
      expect(await chain.unsealed()).to.deep.equal({ count: 0 });
    });

    it('is the work of one process while its lease lasts, and of the next one after', async () => {
      await chain.begin(newChain());
      await write(0, 3);
      await chain.extend({ ...go, limit: 1 }, extend);
      expect(await another().extend({ ...go, holder: 'two', now: 1_999 }, extend)).to.equal(undefined);
      expect(await chain.extend({ ...go, limit: 1 }, extend)).to.include({ sealed: 1 });
      expect(await another().extend({ ...go, holder: 'two', now: 2_000 }, extend)).to.include({ sealed: 1 });
      expect(await seqs()).to.deep.equal([1, 2, 3]);
    });

    it('stays as it was when the sealer fails half-way', async () => {
      await chain.begin(newChain());
      await write(0, 3);
      const before = await chain.state();
      const failure = await chain
        .extend(go, (state, records) => ({
          ...extend(state, records),
          seals: extend(state, records).seals.slice(1),
        }))
        .catch((error: Error) => error.message);
      expect(failure).to.equal('a record was given no seal');
      expect(await chain.state()).to.deep.equal(before);
      expect(await seqs()).to.deep.equal([]);
      expect(await another().extend({ ...go, holder: 'two' }, extend)).to.include({ sealed: 3 });
    });

    it('never forks, however many extend it at once, whoever has the lease', async () => {
      await chain.begin(newChain());
      await write(0, 60);
      for (let round = 0; round < 30 && (await chain.unsealed()).count > 0; round += 1) {
        const now = 10_000 * round;
        const all = Array.from({ length: 5 }, (_, index) => ({ ...go, holder: `${index}`, now, until: now, limit: 7 }));
        await Promise.all(all.map((one) => another().extend(one, extend)));
      }
      const records = await chain.records(0, 100);
      expect(records.map(({ seal }) => seal.seq)).to.deep.equal(Array.from({ length: 60 }, (_, index) => index + 1));
      const { key = '', head } = (await chain.state()) ?? {};
      const hmacs = records.map((record, index) => {
        const previous = { seq: index, hmac: records[index - 1]?.seal.hmac ?? '' };
        return new AuditSeals(key).hmacAfter(previous, record);
      });
      expect(records.map(({ seal }) => seal.hmac)).to.deep.equal(hmacs);
      expect(head?.hmac).to.equal(hmacs.at(-1));
    });

    it('forgets what is old from the beginning on, and names the last of it', async () => {
      const anchor = ({ key }: ChainState, { seal }: { seal: { seq: number; hmac: string } }) =>
        new AuditSeals(key).prove('anchor', seal);
      const before = event(2).at;
      expect(await chain.forget({ before, limit: 10 }, anchor)).to.equal(0);
      await chain.begin(newChain());
      await write(0, 4);
      expect(await chain.forget({ before, limit: 10 }, anchor), 'of what is not sealed').to.equal(0);
      await chain.extend(go, extend);
      const [, second] = await chain.records(0, 2);
      expect(await chain.forget({ before, limit: 1 }, anchor)).to.equal(1);
      expect(await chain.forget({ before, limit: 10 }, anchor)).to.equal(1);
      expect(await chain.forget({ before, limit: 10 }, anchor)).to.equal(0);
      expect(await seqs()).to.deep.equal([3, 4]);
      expect((await chain.state())?.anchor).to.deep.include({ seq: 2, hmac: second?.seal.hmac });
    });

    it('erases a person from what they did and from what was done to them, and nobody else', async () => {
      await chain.begin(newChain());
      const { account: _, ...stranger } = event(9);
      await log.append([
        event(0),
        { ...event(1), actor: 'ann' },
        { ...event(2), account: 'mila', actor: 'noor' },
        { ...event(3), account: 'mila' },
        stranger,
      ]);
      await chain.extend({ ...go, limit: 3 }, extend);
      const kept = new Set(['noor', 'ann', 'mila']);
      let changed = 0;
      for (let erased = -1; erased !== 0; changed += erased)
        erased = await chain.erase('noor', 1, (id, part) => `${id} ${part}`);
      expect(changed).to.equal(3);
      await chain.extend(go, extend);
      const records = await chain.records(0, 100);
      const [own, byAnn, byNoor, other, nobody] = records;
      const blankWho = { actor: null, address: null, requestId: null };
      const blankWhom = { account: null, details: null, before: null, after: null };
      expect(own).to.deep.include({ ...blankWho, ...blankWhom, type: 'factor.wrong', organization: 'o1' });
      expect(own?.erased).to.deep.equal({ who: `${own?.id} who`, whom: `${own?.id} whom` });
      expect(own?.seal.who.salt).to.equal(null);
      expect(byAnn).to.deep.include({ ...blankWhom, actor: 'ann', address: '192.0.2.1' });
      expect(byNoor).to.deep.include({ ...blankWho, account: 'mila', details: '{"factor":"totp"}' });
      for (const one of [other, nobody]) expect(one?.erased).to.deep.equal({ who: null, whom: null });
      expect(
        records.flatMap(({ account, actor }) => [account, actor]).filter((one) => kept.has(one ?? '')),
      ).to.have.members(['ann', 'mila', 'mila']);
    });
  });
}
