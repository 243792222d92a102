import { expect } from 'chai';
import type { AuditEvent } from '../../src/domain/audit.ts';
import type { AuditFilter, AuditLog, AuditReading } from '../../src/domain/ports.ts';

const START = 1_785_000_000_000;

const event = (at: number, more: Partial<AuditEvent>): AuditEvent => ({
  at: START + at,
  type: 'sign-in.finished',
  ...more,
});

/** Nine events, of which the last three are not sealed. */
const events: readonly AuditEvent[] = [
  event(1, { account: 'noor', organization: 'o1', client: 'web', address: '192.0.2.1' }),
  event(2, { account: 'noor', organization: 'o1', type: 'factor.enrolled', details: { factor: 'totp' } }),
  event(3, { account: 'mila', organization: 'o2', type: 'factor.wrong', address: '192.0.2.2' }),
  event(4, {
    account: 'mila',
    actor: 'ann',
    organization: 'o2',
    type: 'account.changed',
    before: { n: 1 },
    after: { n: 2 },
  }),
  event(5, { client: 'web', type: 'client.changed', actor: 'ann' }),
  event(6, { account: 'noor', organization: 'o1', type: 'factor' }),
  event(7, { account: 'noor', organization: 'o1', type: 'factor.wrong' }),
  event(8, { account: 'mila', actor: 'ann', organization: 'o2', address: '192.0.2.1', client: 'web' }),
  event(9, { type: 'zzz' }),
];

/** What every implementation of `AuditReading` does. `seal` puts everything that was written into the chain. */
export function auditReadingContract(
  open: () => Promise<{ reading: AuditReading; log: AuditLog; seal(): Promise<unknown>; close(): Promise<void> }>,
): void {
  describe('as AuditReading', () => {
    let reading: AuditReading;
    let log: AuditLog;
    let seal: () => Promise<unknown>;
    let close: () => Promise<void>;

    before(async () => {
      ({ reading, log, seal, close } = await open());
      await log.append(events.slice(0, 6));
      await seal();
      await log.append(events.slice(6));
    });
    after(() => close());

    const times = async (filter: AuditFilter, limit = 100) =>
      (await reading.page({ ...filter, limit })).items.map(({ at }) => at - START);

    it('answers all there is to an event, and its place once it has one', async () => {
      const { items } = await reading.page({ limit: 100 });
      expect(items.map(({ id: _, seq: __, ...rest }) => rest)).to.deep.equal([...events].reverse());
      expect(items.map(({ seq }) => seq)).to.deep.equal([undefined, undefined, undefined, 6, 5, 4, 3, 2, 1]);
    });

    const cases: readonly (readonly [AuditFilter, readonly number[]])[] = [
      [{ organization: 'o1' }, [7, 6, 2, 1]],
      [{ organization: null }, [9, 5]],
      [{ account: 'mila' }, [8, 4, 3]],
      [{ actor: 'ann' }, [8, 5, 4]],
      [{ client: 'web' }, [8, 5, 1]],
      [{ address: '192.0.2.1' }, [8, 1]],
      [{ type: 'factor.' }, [7, 3, 2]],
      [{ type: 'factor' }, [7, 6, 3, 2]],
      [{ type: 'factor.wrong', organization: 'o2' }, [3]],
      [{ type: 'c', organization: null }, [5]],
      [{ type: 'account.', account: 'mila', actor: 'ann' }, [4]],
      [{ from: START + 3, until: START + 5 }, [4, 3]],
      [{ account: 'noor', until: START + 7 }, [6, 2, 1]],
      [{ account: 'nobody' }, []],
      [{ type: 'nothing' }, []],
    ];
    for (const [filter, expected] of cases) {
      it(`finds ${JSON.stringify(filter)}`, async () => {
        expect(await times(filter)).to.deep.equal(expected);
      });
    }

    for (const filter of [{}, { type: 'factor' }, { organization: 'o2' }] satisfies AuditFilter[]) {
      it(`answers pages of ${JSON.stringify(filter)} that join without a gap`, async () => {
        const all = await times(filter);
        const found: number[] = [];
        for (let after: string | undefined, more = true; more; ) {
          const page = await reading.page({ ...filter, limit: 2, ...(after !== undefined && { after }) });
          found.push(...page.items.map(({ at }) => at - START));
          after = page.next;
          more = after !== undefined;
        }
        expect(found).to.deep.equal(all);
      });
    }

    it('answers what was sealed from the oldest on', async () => {
      const first = await reading.inOrder({ type: 'factor', limit: 2 });
      expect(first.items.map(({ at }) => at - START)).to.deep.equal([2, 3]);
      const second = await reading.inOrder({ type: 'factor', limit: 2, after: first.next ?? '' });
      expect(second.items.map(({ at }) => at - START)).to.deep.equal([6]);
      expect(second.next).to.equal(undefined);
    });
  });
}
