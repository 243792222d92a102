import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { breachedPasswords } from '../../src/delivery/breached-passwords.ts';
import { collectGarbage } from '../support/collect-garbage.ts';

const PASSWORD = 'a password that was stolen';
const hash = createHash('sha1').update(PASSWORD).digest('hex').toUpperCase();
const [prefix, rest] = [hash.slice(0, 5), hash.slice(5)];
const padding = 'F'.repeat(35);

describe('breachedPasswords', () => {
  let asked: IncomingMessage[];
  let answer: (response: ServerResponse) => void;
  let logged: object[];
  const server = createServer((request, response) => {
    asked.push(request);
    answer(response);
  });
  let url: string;

  before(async () => {
    server.listen(0, 'localhost');
    await once(server, 'listening');
    url = `http://localhost:${(server.address() as AddressInfo).port}/range/`;
  });
  after(() => server.close());
  beforeEach(() => {
    asked = [];
    logged = [];
  });

  const has = (password: string, timeout = 2_000) =>
    breachedPasswords({ url, timeout, logger: { warn: (line: object) => logged.push(line) } }).has(password);

  it('tells five characters of a hash, and finds the rest in the answer', async () => {
    answer = (response) => response.end(`${padding}:0\r\n${rest}:42\r\n`);
    expect(await has(PASSWORD)).to.equal(true);
    expect(asked.map((request) => request.url)).to.deep.equal([`/range/${prefix}`]);
    expect(asked[0]?.headers).to.include({ 'add-padding': 'true' });
    expect(await has('another password')).to.equal(false);
  });

  it('takes no padding for a find', async () => {
    answer = (response) => response.end(`${rest}:0\r\n`);
    expect(await has(PASSWORD)).to.equal(false);
  });

  for (const [name, failing] of [
    ['fails', (response: ServerResponse) => response.writeHead(500).end(PASSWORD)],
    ['leads elsewhere', (response: ServerResponse) => response.writeHead(302, { Location: '/elsewhere' }).end()],
    ['breaks off', (response: ServerResponse) => response.destroy()],
    ['says nothing', () => {}],
  ] as const) {
    it(`accepts a password when the service ${name}, and logs it without a word of either`, async () => {
      answer = failing;
      expect(await has(PASSWORD, 200)).to.equal(false);
      expect(logged).to.have.length(1);
      expect(JSON.stringify(logged)).to.not.include(prefix).and.not.include('stolen').and.not.include(rest);
    });
  }

  it('waits no longer for the rest of an answer than for its beginning, although garbage was collected meanwhile', async () => {
    let isAnswered = false;
    const begun = new Promise<ServerResponse>((resolve) => {
      answer = (response) => response.write(`${padding}:0\r\n`, () => resolve(response));
    });
    const answered = has(PASSWORD, 200).finally(() => {
      isAnswered = true;
    });
    const response = await begun;
    const closed = once(response, 'close');
    // Too late: who still listens finds it.
    AbortSignal.timeout(400).addEventListener('abort', () => !isAnswered && response.end(`${rest}:42\r\n`));
    await collectGarbage();
    expect(await answered).to.equal(false);
    expect(logged).to.deep.equal([{ reason: 'TimeoutError' }]);
    // Nor does a connection stay open for what nobody waits for.
    await closed;
  });
});
