import { expect } from 'chai';
import type { AuditEvent } from '../../src/domain/audit.ts';
import type { AuditLog } from '../../src/domain/ports.ts';

const full: AuditEvent = {
  at: 1_785_000_000_000,
  type: 'factor.wrong',
  account: 'a1',
  actor: 'a2',
  organization: 'o1',
  client: 'c1',
  address: '2001:db8::1',
  requestId: 'r1',
  details: { factor: 'totp', left: 2, blocked: false },
  before: { name: 'Old', roles: ['accountant'] },
  after: { name: null, roles: [] },
};

/** What every implementation of `AuditLog` does. `written` answers all events in the order in which they sort. */
export function auditLogContract(
  open: () => Promise<{ auditLog: AuditLog; written(): Promise<readonly AuditEvent[]>; close(): Promise<void> }>,
): void {
  describe('as AuditLog', () => {
    let auditLog: AuditLog;
    let written: () => Promise<readonly AuditEvent[]>;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ auditLog, written, close } = await open());
    });
    afterEach(() => close());

    it('keeps all there is to an event, and no more', async () => {
      const bare = { at: full.at + 1, type: 'sign-in.finished' };
      await auditLog.append([full, bare]);
      expect(await written()).to.deep.equal([full, bare]);
    });

    it('bears an empty list', async () => {
      await auditLog.append([]);
      expect(await written()).to.deep.equal([]);
    });

    it('keeps the order of events of one millisecond', async () => {
      const events = Array.from({ length: 40 }, (_, index) => ({ at: full.at, type: 'step', details: { index } }));
      for (let start = 0; start < events.length; start += 8) await auditLog.append(events.slice(start, start + 8));
      expect(await written()).to.deep.equal(events);
    });

    it('sorts by time', async () => {
      await auditLog.append([{ at: full.at + 60_000, type: 'later' }]);
      await auditLog.append([{ at: full.at, type: 'sooner' }]);
      expect((await written()).map(({ type }) => type)).to.deep.equal(['sooner', 'later']);
    });

    it('loses nothing of what is written at once', async () => {
      await Promise.all(
        Array.from({ length: 50 }, (_, index) => auditLog.append([full, { ...full, requestId: `r${index}` }])),
      );
      expect(await written()).to.have.length(100);
    });
  });
}
