import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { Browser, type Landed } from './support/browser.ts';
import { codeOf, send } from './support/http.ts';
import { openTarget, type Target } from './support/target.ts';

const FORM = 'application/x-www-form-urlencoded';
const MEGABYTE = 1024 * 1024;

interface Body {
  readonly type?: string;
  readonly encoding?: string;
  readonly body: string | Buffer;
  /** Of the sign-in page. */
  readonly refused: readonly [status: number, code: string];
}

const bodies: Readonly<Record<string, Body>> = {
  'a body that is a little too large': { body: 'a='.padEnd(33 * 1024, 'x'), refused: [413, 'body-too-large'] },
  'a body of megabytes': { body: 'a='.padEnd(4 * MEGABYTE, 'x'), refused: [413, 'body-too-large'] },
  'a field that comes a thousand times': { body: 'a=1&'.repeat(1_000), refused: [400, 'malformed-body'] },
  'bytes that are no text': { body: Buffer.from([0x61, 0x3d, 0xff, 0xfe, 0x80]), refused: [400, 'malformed-body'] },
  'text in UTF-16': { body: Buffer.from('username=mila', 'utf16le').subarray(0, 25), refused: [422, ''] },
  'a body with parts': {
    type: 'multipart/form-data; boundary=x',
    body: '--x\r\nContent-Disposition: form-data; name="username"\r\n\r\nmila\r\n--x--\r\n',
    refused: [415, 'unsupported-media-type'],
  },
  'a bomb under gzip': {
    encoding: 'gzip',
    body: gzipSync('a='.padEnd(32 * MEGABYTE, 'x')),
    refused: [415, 'unsupported-media-type'],
  },
  'an encoding that nobody knows': { encoding: 'x-none', body: 'a=1', refused: [415, 'unsupported-media-type'] },
  'JSON in place of a form': {
    type: 'application/json',
    body: '{"__proto__":{"polluted":true}}',
    refused: [415, 'unsupported-media-type'],
  },
  'JSON that never ends': {
    type: 'application/json',
    body: '['.repeat(50_000),
    refused: [415, 'unsupported-media-type'],
  },
  XML: {
    type: 'application/xml',
    body: '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    refused: [415, 'unsupported-media-type'],
  },
  'a type that is none': { type: ';;;', body: 'a=1', refused: [415, 'unsupported-media-type'] },
  'nothing at all': { body: '', refused: [422, ''] },
  'separators alone': { body: '&&&===&&=&', refused: [422, ''] },
  'half an escape': { body: 'username=%&password=%f', refused: [422, ''] },
  'fields named like properties of everything': {
    body: '__proto__=1&constructor=1&toString=1&hasOwnProperty=1&step[]=1&step=identify',
    refused: [422, ''],
  },
};

describe('a body that is not what it should be', () => {
  let target: Target;
  let browser: Browser;
  let page: Landed;
  before(async () => {
    target = await openTarget('SQLite and memory');
    browser = new Browser(target);
    page = await browser.begin();
  });
  after(() => target.idp.close());

  const headersOf = ({ type = FORM, encoding }: Body) => ({
    origin: target.issuer,
    cookie: browser.cookieFor(page.path),
    'content-type': type,
    ...(encoding !== undefined && { 'content-encoding': encoding }),
  });

  for (const [what, given] of Object.entries(bodies)) {
    const [status, code] = given.refused;

    it(`is refused by the sign-in page: ${what}`, async () => {
      const sent = { method: 'POST', path: page.path, headers: headersOf(given), body: given.body };
      const answer = await send(target.address, sent);
      expect(answer.status).to.equal(status);
      if (status === 422) expect(answer.body).to.include('name="password"');
      if (status === 422) return;
      expect(codeOf(answer)).to.equal(code);
      const shown = await send(target.address, { ...sent, headers: { ...sent.headers, accept: 'text/html' } });
      expect([shown.status, shown.headers['content-type']]).to.deep.equal([status, 'text/html; charset=utf-8']);
      expect(shown.body).to.include(`<dd>${code}</dd>`);
    });

    it(`is refused by the endpoints for applications: ${what}`, async () => {
      for (const path of ['/token', '/token/introspection', '/token/revocation', '/request', '/session/end/confirm']) {
        const answer = await send(target.address, {
          method: 'POST',
          path,
          headers: headersOf(given),
          body: given.body,
        });
        expect(answer.status, path).to.be.oneOf([400, 401, 413, 415]);
        expect(codeOf(answer), path).to.be.oneOf(['invalid_request', 'invalid_client']);
      }
    });
  }

  it('takes nothing from the sign-in: the same page stands after all of them', async () => {
    const signedIn = await browser.password({ ...page, answer: await browser.get(page.path) }, 'mila', 'MOLEN');
    expect(signedIn.left?.searchParams.has('code')).to.equal(true);
  });

  it('may break off, and nothing is left behind', async () => {
    const another = new Browser(target);
    const { path } = await another.begin();
    const cookie = another.cookieFor(path);
    const { port } = new URL(target.address);
    const socket = connect(Number(port), 'localhost');
    await once(socket, 'connect');
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: ${new URL(target.issuer).host}\r\nOrigin: ${target.issuer}\r\nCookie: ${cookie}\r\n` +
        `Content-Type: ${FORM}\r\nContent-Length: 100\r\n\r\nusername=mila`,
    );
    const refused = () => target.idp.log.filter((line) => line.includes('"outcome":"malformed-body"')).length;
    const before = refused();
    // The server has to see the beginning first.
    await wait(20);
    socket.destroy();
    while (refused() === before) await wait(5);
  });

  it('is no fault of ours: no line of the log calls it one', () => {
    expect(target.idp.log.filter((line) => /"level":(50|60)/.test(line))).to.deep.equal([]);
  });
});
