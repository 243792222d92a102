import { expect } from 'chai';
import { Keyring } from '../../src/crypto/keyring.ts';
import type { AuditEvent } from '../../src/domain/audit.ts';
import { createSealer } from '../../src/flows/audit/seal.ts';
import { SqlAuditChain } from '../../src/stores/sql/audit-chain.ts';
import { SqlAuditLog } from '../../src/stores/sql/audit-log.ts';
import { Database } from '../../src/stores/sql/database.ts';
import { migrate } from '../../src/stores/sql/migrate.ts';
import { FakeClock } from '../support/clock.ts';
import { temporaryDirectory } from '../support/directory.ts';
import { sluis } from './sluis.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const at = Date.UTC(2026, 0, 15, 9);
const events: readonly AuditEvent[] = [
  { at, type: 'factor.wrong', account: 'noor', details: { factor: 'totp' } },
  { at: at + 86_400_000, type: 'sign-in.finished', account: 'mila', address: '192.0.2.1' },
];

describe('sluis audit', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let database: Database;
  let head: string;
  const run = (...args: string[]) =>
    sluis({
      args: ['audit', ...args],
      directory: directory.path,
      environment: { ISSUER: 'https://id.example.com', ENCRYPTION_KEYS: KEY, DATABASE_URL: 'sqlite:sluis.db' },
    });

  before(async () => {
    directory = await temporaryDirectory();
    database = new Database(`sqlite:${directory.path}/sluis.db`);
    await migrate(database);
    const log = new SqlAuditLog(database);
    await log.append(events);
    const chain = new SqlAuditChain(database, Keyring.parse([KEY]));
    const sealed = await createSealer({ chain, clock: new FakeClock() })();
    head = `${sealed?.head.seq}:${sealed?.head.hmac}`;
    await log.append([{ at: at + 2 * 86_400_000, type: 'late' }]);
  });
  after(async () => {
    await database.close();
    await directory.remove();
  });

  it('lists events, the latest first', async () => {
    const { code, out } = await run('list');
    expect(code).to.equal(0);
    expect(out).to.equal(
      [
        '2026-01-17T09:00:00.000Z  late',
        '2026-01-16T09:00:00.000Z  sign-in.finished  account=mila  address=192.0.2.1',
        '2026-01-15T09:00:00.000Z  factor.wrong  account=noor  factor=totp',
        '',
      ].join('\n'),
    );
  });

  it('lists them in pages', async () => {
    const first = await run('list', '--limit', '2', '--json');
    expect(first.out.trimEnd().split('\n')).to.have.length(2);
    const [, after = ''] = /^more: --after (\S+)\n$/.exec(first.err) ?? [];
    const rest = await run('list', '--limit', '2', '--after', after);
    expect([rest.out, rest.err]).to.deep.equal([
      '2026-01-15T09:00:00.000Z  factor.wrong  account=noor  factor=totp\n',
      '',
    ]);
  });

  it('exports what was sealed as JSON lines', async () => {
    const { out } = await run('export', '--from', '2026-01-16', '--until', '2026-01-17T12:00:00Z');
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).to.have.length(1);
    const { id: _, ...rest } = lines[0];
    const { at: __, ...second } = events[1] ?? { at };
    expect(rest).to.deep.equal({ ...second, at: '2026-01-16T09:00:00.000Z', seq: 2 });
  });

  it('verifies, until something is changed', async () => {
    const whole = await run('verify', '--head', head);
    expect(whole.code).to.equal(0);
    expect(whole.out).to.match(
      /^2 events checked\nhead 2:[\w-]{43}\n1 not sealed yet, the oldest since 2026-01-17.*\nnothing is wrong\n$/,
    );

    await database.kysely.updateTable('audit_events').set({ account: 'mila' }).where('seq', '=', 1).execute();
    const changed = await run('verify', '--json');
    expect(changed.code).to.equal(1);
    expect(changed.err).to.equal('The audit log is not what Sluis wrote.\n');
    expect(JSON.parse(changed.out)).to.deep.include({ ok: false, checked: 2 });
    expect((await run('verify')).out).to.match(/^1 \([\w-]+\): changed\n/);
  });

  it('ends with 64 for a head or a time that cannot be one', async () => {
    for (const args of [
      ['verify', '--head', '5'],
      ['list', '--from', 'yesterday'],
      ['list', '--limit', '0'],
    ]) {
      expect((await run(...args)).code).to.equal(64);
    }
  });
});
