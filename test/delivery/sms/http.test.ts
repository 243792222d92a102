import { expect } from 'chai';
import { type HttpSettings, http } from '../../../src/delivery/sms/http.ts';
import { reliable } from '../../../src/delivery/sms/reliable.ts';
import { smsGatewayContract } from '../../contracts/sms-gateway.ts';
import { FakeClock } from '../../support/clock.ts';
import { type HttpApi, type Received, startHttpProvider } from '../../support/sms/http-provider.ts';
import { ownApi } from '../../support/sms/own-api.ts';
import { openHttp, patiently } from './open.ts';

const token = 't0ken/with+signs';
const described: Omit<HttpSettings, 'url'> = {
  method: 'POST',
  headers: { Authorization: 'Bearer {secret}', 'Idempotency-Key': '{id}' },
  format: 'json',
  body: { messages: [{ to: '{to}', text: '{text}', priority: 1 }] },
  success: { statuses: [200], path: 'messages.0.status', equals: 'queued' },
  idempotent: false,
};
/** Everything that could end a text, a value or a line somewhere. */
const nasty = '"}],\\ & = + % # {to} {secret} </a> \r\nX-Evil: 1\u0000 \u2028 é😀';
const parts = { clock: new FakeClock(), deadline: patiently };

/** What arrives when a message is sent as the settings say. */
async function sent(settings: Partial<HttpSettings> & { path: string }, text: string): Promise<Received> {
  const api: HttpApi = { ...ownApi({ token }), respond: () => ({ status: 200, body: '' }) };
  const provider = await startHttpProvider(api);
  const { path, ...more } = settings;
  const full = { ...described, headers: {}, success: { statuses: [200] }, ...more, url: `${provider.url}${path}` };
  const outcome = await http(full, parts).attempt({ to: '+31612345678', text, id: 'id-1' });
  await provider.close();
  expect(outcome).to.deep.equal({ taken: true });
  expect(provider.received).to.have.length(1);
  return provider.received[0] as Received;
}

describe('a gateway described in the configuration', () => {
  const open = (more: Partial<HttpSettings> = {}) =>
    openHttp(ownApi({ token }), {
      secret: token,
      carrier: (url, secret, given) => http({ ...described, ...more, url, secret }, given),
    });
  smsGatewayContract(open);

  it('writes JSON that no message can break out of', async () => {
    const body = { a: ['{text}', { b: 'to {to}: {text}' }], '{text}': '{digits}', c: true, d: null };
    const received = await sent({ path: '/', body, secret: token }, nasty);
    expect(received.headers['content-type']).to.equal('application/json');
    expect(JSON.parse(received.body)).to.deep.equal({
      a: [nasty, { b: `to +31612345678: ${nasty}` }],
      '{text}': '31612345678',
      c: true,
      d: null,
    });
  });

  it('writes a form that no message can break out of', async () => {
    const body = { to: '{to}', text: '{text}', from: 'A & B', count: 1 };
    const received = await sent({ path: '/', format: 'form', body }, nasty);
    expect(received.headers['content-type']).to.equal('application/x-www-form-urlencoded');
    expect([...new URLSearchParams(received.body)]).to.deep.equal([
      ['to', '+31612345678'],
      ['text', nasty],
      ['from', 'A & B'],
      ['count', '1'],
    ]);
  });

  it('writes an address that no message can break out of', async () => {
    const path = '/send/{digits}?text={text}&to={to}&key={secret}';
    const { body: _, ...noBody } = described;
    const api: HttpApi = { ...ownApi({ token }), respond: () => ({ status: 200, body: '' }) };
    const provider = await startHttpProvider(api);
    const settings = { ...noBody, method: 'GET', headers: {}, success: { statuses: [200] }, secret: token } as const;
    await http({ ...settings, url: `${provider.url}${path}` }, parts).attempt({
      to: '+31612345678',
      text: nasty,
      id: 'i',
    });
    await provider.close();
    const [received] = provider.received;
    const url = new URL(received?.path ?? '', provider.url);
    expect(received).to.include({ method: 'GET', body: '' });
    expect(url.pathname).to.equal('/send/31612345678');
    expect([...url.searchParams]).to.deep.equal([
      ['text', nasty],
      ['to', '+31612345678'],
      ['key', token],
    ]);
  });

  it('puts the id and the secret into headers, and lets headers name the type', async () => {
    const headers = { 'X-Id': '{id}', 'X-Key': 'a {secret}', 'Content-Type': 'application/vnd.sms+json' };
    const received = await sent({ path: '/', headers, secret: token }, 'Hello');
    expect(received.headers).to.include({
      'x-id': 'id-1',
      'x-key': `a ${token}`,
      'content-type': 'application/vnd.sms+json',
    });
  });

  const answers: readonly [status: number, body: unknown, outcome: object][] = [
    [200, { messages: [{ status: 'queued' }] }, { taken: true }],
    [200, { messages: [{ status: 'no credit' }] }, { taken: false, reason: 'refused' }],
    [200, { messages: [] }, { taken: false, reason: 'unknown' }],
    [200, 'OK', { taken: false, reason: 'unknown' }],
    [202, { messages: [{ status: 'queued' }] }, { taken: false, reason: 'unknown' }],
    [404, '', { taken: false, reason: 'refused' }],
  ];
  for (const [status, body, outcome] of answers) {
    it(`judges ${status} ${JSON.stringify(body)} by the rule of success`, async () => {
      const { provider, carrier, close } = await openHttp(
        { ...ownApi({ token }), respond: () => ({ status, body }) },
        { secret: token, carrier: (url, secret, given) => http({ ...described, url, secret }, given) },
      );
      expect(await carrier().attempt({ to: '+31612345678', text: 'Hello', id: 'one' })).to.include(outcome);
      expect(provider.received).to.have.length(1);
      await close();
    });
  }

  for (const trouble of ['silent', 'cut', 'broken'] as const) {
    it(`is asked again with the same id after ${trouble}, where it knows messages by their id`, async () => {
      const { provider, carrier, close } = await open({ idempotent: true });
      provider.next(trouble);
      let patience = new AbortController();
      provider.silence().then(() => {
        const first = patience;
        patience = new AbortController();
        first.abort();
      });
      const gateway = reliable(carrier({ deadline: () => patience.signal }), { retries: 2, pause: async () => {} });
      await gateway.send({ to: '+31612345678', text: 'Hello', id: 'one' });
      expect(provider.asked()).to.equal(2);
      expect(provider.taken).to.have.length(1);
      expect(new Set(provider.received.map(({ headers }) => headers['idempotency-key']))).to.have.keys('one');
      await close();
    });
  }
});
