import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { exchange, type HttpRequest } from '../../../src/delivery/sms/http-exchange.ts';
import { failureOf, isCode } from '../../../src/delivery/sms/http-failure.ts';
import { FakeClock } from '../../support/clock.ts';
import { type Reply, startHttpProvider } from '../../support/sms/http-provider.ts';
import { ownApi } from '../../support/sms/own-api.ts';
import { localhost } from '../../support/tls/localhost.ts';
import { patiently } from './open.ts';

const clock = new FakeClock();
const parts = { clock, deadline: patiently };
const request = (url: string): HttpRequest => ({ url, method: 'POST', headers: {}, body: 'a' });

/** What an exchange makes of an answer. */
async function answered(reply: Reply) {
  const provider = await startHttpProvider({ ...ownApi({ token: '' }), respond: () => reply });
  const answer = await exchange(request(provider.url), parts);
  const asked = provider.asked();
  await provider.close();
  expect(asked).to.equal(1);
  return answer;
}

describe('an exchange over HTTP', () => {
  it('reads Retry-After in seconds and as a date', async () => {
    const waitAsked = async (value: string) => {
      const answer = await answered({ status: 429, headers: { 'retry-after': value }, body: '' });
      return 'retryAfter' in answer ? answer.retryAfter : undefined;
    };
    expect(await waitAsked('3')).to.equal(3_000);
    expect(await waitAsked(new Date(clock.now() + 5_000).toUTCString())).to.equal(5_000);
    expect(await waitAsked(new Date(clock.now() - 5_000).toUTCString())).to.equal(0);
    expect(await waitAsked('soon')).to.equal(undefined);
  });

  it('follows no redirect', async () => {
    expect(await answered({ status: 307, headers: { location: '/elsewhere' }, body: '' })).to.include({ status: 307 });
  });

  it('reads no answer without end', async () => {
    const answer = await answered({ status: 200, body: 'a'.repeat(1_000_000) });
    expect(answer).to.include({ taken: false, reason: 'unknown' });
  });

  it('sends nothing where it does not trust the certificate', async () => {
    let asked = 0;
    const server = createServer(localhost, () => {
      asked += 1;
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const answer = await exchange(request(`https://127.0.0.1:${(server.address() as AddressInfo).port}`), parts);
    expect(answer).to.deep.equal({ taken: false, reason: 'unreachable', detail: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(asked).to.equal(0);
    server.close();
  });

  it('has sent nothing when the time is over before the connection stands', async () => {
    const answer = await exchange(request('http://127.0.0.1:9'), { clock, deadline: () => AbortSignal.abort() });
    expect(answer).to.deep.equal({ taken: false, reason: 'unreachable', detail: 'timeout' });
  });
});

describe('an answer that is no success', () => {
  const outcomes: readonly [status: number, outcome: object][] = [
    [301, { reason: 'refused' }],
    [400, { reason: 'refused' }],
    [401, { reason: 'refused' }],
    [404, { reason: 'refused' }],
    [429, { reason: 'unreachable', again: 0 }],
    [500, { reason: 'unknown' }],
    [502, { reason: 'unknown' }],
    [503, { reason: 'unreachable', again: 0 }],
    [504, { reason: 'unknown' }],
    [204, { reason: 'unknown' }],
  ];
  for (const [status, outcome] of outcomes) {
    it(`means ${JSON.stringify(outcome)} with the status ${status}`, () => {
      expect(failureOf({ status, body: '' })).to.deep.equal({ taken: false, detail: `HTTP ${status}`, ...outcome });
    });
  }

  it('waits as long as it was asked to', () => {
    expect(failureOf({ status: 503, retryAfter: 7_000, body: '' })).to.include({ again: 7_000 });
  });

  it('shows short codes alone', () => {
    for (const code of [21211, 'InvalidPayload', 'E01001']) expect(isCode(code), `${code}`).to.equal(true);
    const others = ['+31612345678', 31612345678, 'to 31612345678', 'a b', '', undefined, null, {}, 'x'.repeat(41)];
    for (const code of others) expect(isCode(code), `${code}`).to.equal(false);
  });
});
