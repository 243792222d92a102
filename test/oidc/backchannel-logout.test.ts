import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { buildEndSessionUrl } from 'openid-client';
import { pino } from 'pino';
import type { LeasedLogout, LogoutQueue } from '../../src/domain/ports.ts';
import {
  type BackchannelLogout,
  backchannelLogout,
  queueBackchannelLogout,
} from '../../src/oidc/backchannel-logout.ts';
import { FakeClock } from '../support/clock.ts';
import { CookieBrowser } from './support/browser.ts';
import { type Deployment, deploy } from './support/deployment.ts';
import { RelyingParty } from './support/relying-party.ts';

const DAY = 24 * 3_600_000;

/** A queue in memory, for one process. */
class Waiting implements LogoutQueue {
  readonly rows = new Map<string, LeasedLogout & { readonly dueAt: number }>();

  async add(logout: Parameters<LogoutQueue['add']>[0], now: number): Promise<void> {
    this.rows.set(logout.id, { ...logout, attempts: 0, dueAt: now });
  }

  async lease(now: number, until: number, limit: number): Promise<readonly LeasedLogout[]> {
    const due = [...this.rows.values()].filter(({ dueAt }) => dueAt <= now).slice(0, limit);
    for (const row of due) this.rows.set(row.id, { ...row, attempts: row.attempts + 1, dueAt: until });
    return due.map(({ dueAt: _dueAt, ...row }) => ({ ...row, attempts: row.attempts + 1 }));
  }

  async retry(logout: LeasedLogout, dueAt: number): Promise<void> {
    this.rows.set(logout.id, { ...logout, dueAt });
  }

  async remove({ id }: LeasedLogout): Promise<void> {
    this.rows.delete(id);
  }
}

describe('back-channel logout', () => {
  let deployment: Deployment;
  let application: Server;
  let received: URLSearchParams[];
  let status: number;
  let queue: Waiting;
  let clock: FakeClock;
  let logged: string[];

  before(async () => {
    application = createServer(async (request, response) => {
      received.push(new URLSearchParams(await text(request)));
      response.writeHead(status).end();
    });
    await once(application.listen(0, '127.0.0.1'), 'listening');
  });
  after(() => {
    application.closeAllConnections();
    application.close();
  });
  beforeEach(() => {
    received = [];
    status = 200;
    queue = new Waiting();
    clock = new FakeClock();
    logged = [];
  });
  afterEach(() => deployment.close());

  /** Anna signs in at an application that wants to know, and out again. Answers her session's id there. */
  async function signOut(
    allowPrivateAddresses: readonly string[],
  ): Promise<{ logout: BackchannelLogout; sid: unknown }> {
    deployment = await deploy({ allowPrivateAddresses });
    const logger = pino({}, { write: (line) => void logged.push(line) });
    const send = queueBackchannelLogout(deployment.provider, { queue, clock });
    const logout = backchannelLogout({ queue, send, clock, logger, retries: 7 });
    const office = await deployment.registrations.byId('office');
    if (office === undefined) throw new Error('no client');
    const address = `http://127.0.0.1:${(application.address() as AddressInfo).port}/logout`;
    await deployment.registrations.save({
      ...office,
      metadata: { ...office.metadata, backchannel_logout_uri: address },
    });

    const party = await RelyingParty.discover(deployment, 'office');
    const browser = new CookieBrowser();
    const tokens = await party.signIn(browser);
    const page = await browser.fetch(buildEndSessionUrl(party.configuration, { id_token_hint: tokens.id_token ?? '' }));
    await browser.post(page, { logout: 'yes' });
    return { logout, sid: tokens.claims()?.sid };
  }

  const claimsOf = (token: string | null | undefined) =>
    JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString());

  it('waits in the queue while the person goes on, and is sent when it is due', async () => {
    const { logout, sid } = await signOut(['127.0.0.1']);
    expect([received.length, queue.rows.size]).to.deep.equal([0, 1]);
    expect(await logout.runDue()).to.equal(1);
    const claims = claimsOf(received[0]?.get('logout_token'));
    expect(claims).to.deep.include({
      iss: deployment.issuer,
      aud: 'office',
      sub: 'anna',
      sid,
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    });
    expect(claims).to.include.keys('jti', 'iat', 'exp').and.not.include.keys('nonce');
    expect(queue.rows.size).to.equal(0);
    expect(await logout.runDue()).to.equal(0);
  });

  it('is tried again, later each time, for most of a day, and then given up with a line in the log', async () => {
    const { logout } = await signOut(['127.0.0.1']);
    status = 500;
    const begun = clock.now();
    const waits: number[] = [];
    for (;;) {
      await logout.runDue();
      const [row] = queue.rows.values();
      if (row === undefined) break;
      waits.push(row.dueAt - clock.now());
      clock.advance(row.dueAt - clock.now() - 1);
      expect(await logout.runDue()).to.equal(0);
      clock.advance(1);
    }
    expect(received).to.have.length(8);
    expect(waits)
      .to.deep.equal([...waits].sort((one, other) => one - other))
      .and.have.length(7);
    expect(clock.now() - begun).to.be.within(DAY / 2, DAY);
    expect(logged.join('\n')).to.include('logout given up');
    expect(new Set(received.map((body) => claimsOf(body.get('logout_token')).jti)).size).to.equal(8);
  });

  it('ends with the first try that arrives', async () => {
    const { logout } = await signOut(['127.0.0.1']);
    status = 503;
    await logout.runDue();
    status = 204;
    clock.advance(DAY);
    await logout.runDue();
    expect([received.length, queue.rows.size]).to.deep.equal([2, 0]);
  });

  it('reaches no private address that is not allowed', async () => {
    const { logout } = await signOut([]);
    await logout.runDue();
    expect([received.length, queue.rows.size]).to.deep.equal([0, 1]);
    expect(logged.join()).to.include('refused to call a private address');
  });

  it('is dropped when the client no longer wants to know', async () => {
    const { logout } = await signOut(['127.0.0.1']);
    for (const row of queue.rows.values()) queue.rows.set(row.id, { ...row, client: 'robot' });
    await logout.runDue();
    expect([received.length, queue.rows.size]).to.deep.equal([0, 0]);
  });
});
