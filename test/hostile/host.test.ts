import { expect } from 'chai';
import { ask, Browser } from './support/browser.ts';
import { codeOf, type Sent, send, sendBytes } from './support/http.ts';
import { HTML, openTarget, type Target } from './support/target.ts';

const EVIL = 'evil.example';
const DISCOVERY = '/.well-known/openid-configuration';

for (const issuer of [undefined, 'https://id.example']) {
  describe(`a request for somebody else's host, at ${issuer ?? 'an issuer on this machine'}`, () => {
    let target: Target;
    let own: string;
    before(async () => {
      target = await openTarget('SQLite and memory', issuer === undefined ? {} : { settings: { issuer } });
      own = new URL(target.issuer).host;
    });
    after(() => target.idp.close());

    const hosts: Readonly<Record<string, () => Sent>> = {
      'another name': () => ({ path: DISCOVERY, headers: { host: EVIL } }),
      'another port': () => ({ path: DISCOVERY, headers: { host: `${new URL(target.issuer).hostname}:1` } }),
      'the name as a part of another': () => ({ path: DISCOVERY, headers: { host: `${own}.${EVIL}` } }),
      'a user before the name': () => ({ path: DISCOVERY, headers: { host: `${own}@${EVIL}` } }),
      'an address as the target': () => ({ path: `http://${EVIL}${DISCOVERY}`, headers: { host: own } }),
      'an https address as the target': () => ({ path: `HTTPS://${EVIL}${DISCOVERY}`, headers: { host: own } }),
      'an impossible address as the target': () => ({ path: `http://${own}:99999/`, headers: { host: own } }),
      'the other scheme in the target': () => ({
        path: `${issuer === undefined ? 'https' : 'http'}://${own}${DISCOVERY}`,
        headers: { host: own },
      }),
    };
    for (const [what, sent] of Object.entries(hosts)) {
      it(`is refused: ${what}`, async () => {
        const answer = await send(target.address, sent());
        expect([answer.status, codeOf(answer)]).to.deep.equal([421, 'foreign-host']);
        expect(answer.body).to.not.include(EVIL);
      });
    }

    it('is refused without any host', async () => {
      const answer = await sendBytes(target.address, `GET ${DISCOVERY} HTTP/1.0\r\n\r\n`);
      expect(answer)
        .to.match(/^HTTP\/1\.1 421 /)
        .and.include('"foreign-host"');
    });

    it('gets a page that a person can read, under the policy of every page', async () => {
      const { status, headers, body } = await send(target.address, { path: '/', headers: { ...HTML, host: EVIL } });
      expect(status).to.equal(421);
      expect(body).to.include('This address is not right').and.include('foreign-host').and.not.include(EVIL);
      expect(headers['content-security-policy']).to.include("default-src 'none'");
      expect(headers['x-frame-options']).to.equal('DENY');
      expect(headers['cache-control']).to.equal('no-store');
      // Another host is not ours to bind to https.
      expect(headers).to.not.have.property('strict-transport-security');
    });

    it('leaves probes alone, which know an address and no name', async () => {
      for (const path of ['/health/live', '/health/ready']) {
        const { status, headers } = await send(target.address, { path, headers: { host: '10.0.0.7' } });
        expect(status).to.equal(200);
        expect(headers['x-content-type-options']).to.equal('nosniff');
      }
    });

    it('is no matter of the letters that the name is written in, nor of a whole address that is ours', async () => {
      const upper = await send(target.address, { path: DISCOVERY, headers: { host: own.toUpperCase() } });
      expect(JSON.parse(upper.body).issuer).to.equal(target.issuer);
      const whole = await send(target.address, { path: `${target.issuer}${DISCOVERY}`, headers: { host: own } });
      expect(whole.body).to.equal(upper.body);
    });

    it('has no say in addresses and cookies through forged headers of a proxy', async () => {
      const forged = {
        host: own,
        'x-forwarded-host': EVIL,
        'x-forwarded-proto': issuer === undefined ? 'https' : 'http',
        'x-forwarded-for': '203.0.113.9',
        'x-forwarded-prefix': '/evil',
        'x-forwarded-port': '666',
        forwarded: `host=${EVIL};proto=http;for=203.0.113.9`,
        'x-original-url': '/health/live',
        'x-rewrite-url': '/health/live',
      };
      const discovery = JSON.parse((await send(target.address, { path: DISCOVERY, headers: forged })).body);
      const addresses = Object.entries(discovery).filter(([name]) => /^issuer$|_uri$|_endpoint$/.test(name));
      expect(addresses.length).to.be.greaterThan(6);
      for (const [name, address] of addresses) expect(String(address), name).to.match(new RegExp(`^${target.issuer}`));

      const { query } = ask();
      const begun = await send(target.address, { path: `/auth?${new URLSearchParams(query)}`, headers: forged });
      expect(begun.headers.location).to.match(/^\/interaction\/[\w-]{21,}$/);
      const page = await send(target.address, {
        path: String(begun.headers.location),
        headers: { ...forged, cookie: begun.cookies.map((line) => line.split(';', 1)[0]).join('; ') },
      });
      const cookies = [...begun.cookies, ...page.cookies];
      expect(cookies).to.have.length(3);
      for (const line of cookies) {
        expect(line)
          .to.match(/; samesite=lax/i)
          .and.match(/; httponly/i);
        expect(/; secure/i.test(line), line).to.equal(issuer !== undefined);
        expect(line.startsWith('__Secure-'), line).to.equal(issuer !== undefined);
      }
      expect(page.body).to.not.include(EVIL);
      expect(page.headers['strict-transport-security']).to.equal(issuer === undefined ? undefined : 'max-age=63072000');
    });

    it('has no say in the session either, which is bound to the host on https', async () => {
      const forged = { 'x-forwarded-host': EVIL, 'x-forwarded-proto': issuer === undefined ? 'https' : 'http' };
      const browser = new Browser(target, forged);
      const { left, answer } = await browser.password(await browser.begin(), 'mila', 'MOLEN');
      expect(left?.searchParams.get('iss')).to.equal(target.issuer);
      const session = answer.cookies.filter((line) => /^(__Host-)?sluis=/.test(line)).at(-1) ?? '';
      expect(session).to.match(issuer === undefined ? /^sluis=[\w-]{40,};/ : /^__Host-sluis=[\w-]{40,};/);
      expect(session)
        .to.match(/; path=\/;/)
        .and.match(/; samesite=lax/i)
        .and.match(/; httponly/i);
      expect(session).to.not.match(/domain=/i);
      expect(/; secure/i.test(session)).to.equal(issuer !== undefined);
    });
  });
}
