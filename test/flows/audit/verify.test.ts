import { expect } from 'chai';
import fc from 'fast-check';
import { type RawBuilder, sql } from 'kysely';
import type { ChainPlace } from '../../../src/domain/audit-chain.ts';
import { eraseEvents } from '../../../src/flows/audit/erase-events.ts';
import { forgetOld } from '../../../src/flows/audit/forget-old.ts';
import { verifyChain } from '../../../src/flows/audit/verify.ts';
import { onEveryDatabase } from '../../stores/sql/databases.ts';
import { type OpenChain, openChain } from './chain.ts';

describe('the audit chain', () => {
  onEveryDatabase((migrated) => {
    let open: OpenChain;
    const verify = (known?: ChainPlace) => verifyChain(open.chain, known);
    const faults = async (known?: ChainPlace) => (await verify(known)).faults;
    const run = (statement: RawBuilder<unknown>) => statement.execute(open.database.kysely);
    const idOf = async (seq: number) => (await open.chain.records(seq - 1, 1))[0]?.id;

    beforeEach(async () => {
      open = await openChain(migrated);
    });
    afterEach(() => open.close());

    it('is whole before the first event, and with events that wait', async () => {
      expect(await verify()).to.include({ ok: true, checked: 0 });
      await open.log.append([{ at: 5, type: 'a' }]);
      const report = await verify();
      expect(report).to.include({ ok: true, checked: 0 });
      expect(report.unsealed).to.deep.equal({ count: 1, oldest: 5 });
    });

    it('is whole, and tells where it ends', async () => {
      const { head } = (await open.fill(250)) ?? {};
      const report = await verify();
      expect(report).to.deep.include({ ok: true, checked: 250, after: 0, faults: [], unsealed: { count: 0 } });
      expect(report.head).to.deep.equal({ seq: 250, hmac: head?.hmac });
    });

    it('finds a record that was changed, and that alone', async () => {
      await open.fill(6);
      await run(sql`update audit_events set type = 'factor.proved' where seq = 3`);
      expect(await faults()).to.deep.equal([{ fault: 'changed', seq: 3, id: await idOf(3) }]);
      expect(await verify()).to.include({ ok: false });
    });

    it('finds a personal field that was changed, or blanked by another hand', async () => {
      await open.fill(6);
      await run(sql`update audit_events set address = '192.0.2.2' where seq = 2`);
      await run(sql`update audit_events set account = null, details = null, before = null, after = null,
        whom_salt = null, whom_erased = 'erased' where seq = 5`);
      expect(await faults()).to.deep.equal([
        { fault: 'changed', seq: 2, id: await idOf(2) },
        { fault: 'changed', seq: 5, id: await idOf(5) },
      ]);
    });

    it('finds records that are missing: within, at the beginning, at the end', async () => {
      await open.fill(9);
      await run(sql`delete from audit_events where seq in (1, 4, 5, 9)`);
      expect(await faults()).to.deep.equal([
        { fault: 'missing', from: 1, to: 1 },
        { fault: 'missing', from: 4, to: 5 },
        { fault: 'missing', from: 9, to: 9 },
      ]);
    });

    it('finds records that changed places', async () => {
      await open.fill(9);
      const [third, fourth, eighth] = await Promise.all([idOf(3), idOf(4), idOf(8)]);
      await run(sql`update audit_events set seq = -seq where seq in (3, 4, 8)`);
      await run(sql`update audit_events set seq = case seq when -3 then 4 when -4 then 8 else 3 end where seq < 0`);
      expect(await faults()).to.deep.equal([
        { fault: 'moved', seq: 3, id: eighth, from: 8 },
        { fault: 'moved', seq: 4, id: third, from: 3 },
        { fault: 'moved', seq: 8, id: fourth, from: 4 },
      ]);
    });

    it('finds records that no sealer put there', async () => {
      await open.fill(3);
      for (const [id, seq] of [
        ['early', -5],
        ['late', 99],
      ]) {
        await run(
          sql`insert into audit_events (id, at, type, seq, hmac) values (${id}, 1, 'x', cast(${seq} as bigint), 'y')`,
        );
      }
      expect(await faults()).to.deep.equal([
        { fault: 'inserted', seq: -5, id: 'early' },
        { fault: 'inserted', seq: 99, id: 'late' },
      ]);
    });

    it('finds an end that was cut off together with what the database says of it', async () => {
      const { head: known = { seq: 0, hmac: '' } } = (await open.fill(5)) ?? {};
      const hmac = (await open.chain.records(2, 1))[0]?.seal.hmac ?? '';
      await run(sql`delete from audit_events where seq > 3`);
      await run(sql`update audit_chain set seq = 3, hmac = ${hmac}`);
      expect(await faults()).to.deep.equal([{ fault: 'head-changed' }]);
      expect(await faults(known)).to.deep.include({ fault: 'head-differs', seq: 5 });
      const failure = await open.fill(1).catch(({ message }: Error) => message);
      expect(failure, 'nothing is built on it').to.equal('the head of the audit chain was changed by somebody else');
    });

    it('finds an older state that was put back, by a head from the log', async () => {
      const first = (await open.fill(2))?.head ?? { seq: 0, hmac: '' };
      const old = await open.database.kysely.selectFrom('audit_chain').selectAll().executeTakeFirstOrThrow();
      const second = (await open.fill(2))?.head ?? { seq: 0, hmac: '' };
      expect(await verify(second)).to.include({ ok: true });
      await run(sql`delete from audit_events where seq > 2`);
      await open.database.kysely.updateTable('audit_chain').set(old).execute();
      expect(await verify(first)).to.include({ ok: true });
      expect(await faults(second)).to.deep.equal([{ fault: 'head-differs', seq: 4 }]);
      await open.clock.advance(60_000);
      await open.fill(3);
      expect(await faults(second)).to.deep.equal([{ fault: 'head-differs', seq: 4 }]);
    });

    it('finds that its head is gone', async () => {
      await open.fill(2);
      await run(sql`delete from audit_chain`);
      expect(await faults()).to.deep.equal([{ fault: 'head-gone' }]);
    });

    it('stays whole when old events are forgotten, and says from where it is', async () => {
      const { head: known } = (await open.fill(5)) ?? {};
      await open.fill(5);
      open.clock.advance(60_000);
      expect(await forgetOld(open, 330_000)).to.equal(5);
      expect(await verify()).to.deep.include({ ok: true, checked: 5, after: 5 });
      expect(await verify(known), 'the anchor itself').to.include({ ok: true });
      expect(await verify({ seq: 5, hmac: 'other' })).to.include({ ok: false });
      expect(await verify({ seq: 4, hmac: 'other' })).to.include({ ok: true, tooOld: true });
      await run(
        sql`update audit_chain set anchor_seq = 6, anchor_hmac = (select hmac from audit_events where seq = 6)`,
      );
      expect(await faults()).to.deep.include({ fault: 'anchor-changed' });
    });

    it('stays whole when everything is forgotten, and goes on after that', async () => {
      await open.fill(3);
      open.clock.advance(3_600_000);
      expect(await forgetOld(open, 60_000)).to.equal(3);
      expect(await verify()).to.deep.include({ ok: true, checked: 0, after: 3 });
      await open.fill(2);
      expect(await verify()).to.deep.include({ ok: true, checked: 2, after: 3 });
    });

    it('stays whole when a person is erased, before and after their events were sealed', async () => {
      await open.fill(3);
      await open.fill(2, { account: 'mila', actor: 'noor' });
      await open.log.append([{ at: open.clock.now(), type: 'late', account: 'noor', address: '192.0.2.1' }]);
      expect(await eraseEvents(open, 'noor')).to.equal(6);
      await open.seal();
      expect(await verify()).to.include({ ok: true, checked: 6 });
      const rows = await open.database.kysely.selectFrom('audit_events').selectAll().execute();
      expect(JSON.stringify(rows)).to.not.include('noor').and.not.include('192.0.2.1');
      expect(rows.filter(({ account }) => account === 'mila')).to.have.length(2);
    });

    it('has one end, however many processes seal at once', async () => {
      const sealers = Array.from({ length: 4 }, () => open.anotherSealer());
      for (let round = 0; round < 5; round += 1) {
        const events = Array.from({ length: 60 }, () => ({ at: open.clock.now(), type: 'x', account: 'noor' }));
        // Leases run out while others seal, people are erased, and more is written.
        open.clock.advance(31_000);
        await Promise.all([
          ...sealers.map((seal) => seal()),
          open.log.append(events),
          eraseEvents(open, 'noor'),
          verify().then(({ ok }) => expect(ok).to.equal(true)),
        ]);
      }
      open.clock.advance(31_000);
      await open.seal();
      expect(await verify()).to.deep.include({ ok: true, checked: 300, unsealed: { count: 0 } });
    });
  });
});

describe('verifying the audit chain', () => {
  const fields = [
    'id',
    'at',
    'type',
    'account',
    'organization',
    'client',
    'address',
    'request_id',
    'details',
    'before',
    'after',
    'seq',
    'hmac',
    'who_salt',
    'who_digest',
    'whom_salt',
    'whom_digest',
  ] as const;

  onEveryDatabase((migrated) => {
    it('finds any one thing that is changed, anywhere', async () => {
      const open = await openChain(migrated);
      await open.fill(8);
      const { kysely } = open.database;
      const rows = await kysely.selectFrom('audit_events').selectAll().orderBy('seq').execute();
      const seqs = fc.integer({ min: 0, max: 7 });
      await fc.assert(
        fc.asyncProperty(seqs, fc.constantFrom(...fields), fc.nat(), async (index, field, where) => {
          const row = rows[index];
          const old = row?.[field];
          if (row === undefined || old === null || old === undefined) return;
          const changed = typeof old === 'number' ? old + 100 + (where % 9) : flipped(old, where);
          await kysely
            .updateTable('audit_events')
            .set({ [field]: changed })
            .where('id', '=', row.id)
            .execute();
          const { ok } = await verifyChain(open.chain);
          const id = field === 'id' ? String(changed) : row.id;
          await kysely
            .updateTable('audit_events')
            .set({ [field]: old })
            .where('id', '=', id)
            .execute();
          expect(ok, `${field} of ${index}`).to.equal(false);
        }),
        { numRuns: 60 },
      );
      await fc.assert(
        fc.asyncProperty(fc.uniqueArray(seqs, { minLength: 1, maxLength: 7 }), async (gone) => {
          const taken = rows.filter((_, index) => gone.includes(index));
          const ids = taken.map(({ id }) => id);
          await kysely.deleteFrom('audit_events').where('id', 'in', ids).execute();
          const report = await verifyChain(open.chain);
          await kysely.insertInto('audit_events').values(taken).execute();
          const missing = report.faults.flatMap((fault) => (fault.fault === 'missing' ? fault.to - fault.from + 1 : 0));
          expect(missing.reduce((sum, count) => sum + count, 0)).to.equal(gone.length);
        }),
        { numRuns: 20 },
      );
      expect(await verifyChain(open.chain)).to.include({ ok: true });
      await open.close();
    });
  });
});

/** The text with one character changed. */
function flipped(text: string, where: number): string {
  const at = where % text.length;
  const other = text[at] === 'x' ? 'y' : 'x';
  return `${text.slice(0, at)}${other}${text.slice(at + 1)}`;
}
