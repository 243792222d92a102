import { request } from 'node:http';
import { expect } from 'chai';
import { type RunningIdentityProvider, startIdentityProvider } from '../support/identity-provider.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { offices, people, webClient } from '../support/seed.ts';
import { REDIRECT_URI } from '../support/world.ts';

const HOUR = 3_600_000;

describe('asking for a new password, by who means harm', () => {
  let server: MailServer;
  let idp: RunningIdentityProvider;

  beforeEach(async () => {
    server = await startMailServer();
    idp = await startIdentityProvider('PostgreSQL and Redis', {
      settings: { mail: server.settings, trustedProxies: ['127.0.0.1', '::1'] },
      lines: [...offices, ...people, webClient(REDIRECT_URI)],
    });
  });
  afterEach(async () => {
    await idp.close();
    await server.stop();
  });

  /** Posts with headers that fetch would not send. */
  const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    new Promise<{ status: number; body: string; location: string }>((resolve, reject) => {
      const own = { Origin: idp.issuer, 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' };
      const asking = request(
        `${idp.issuer}${path}`,
        { method: 'POST', headers: { ...own, ...headers } },
        (response) => {
          let body = '';
          response.on('data', (chunk) => {
            body += chunk;
          });
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, body, location: response.headers.location ?? '' }),
          );
        },
      );
      asking.on('error', reject);
      asking.end(new URLSearchParams(form).toString());
    });
  const ask = (username: string, headers = {}, office = 'devries') =>
    post('/forgotten-password', { username, office }, headers);

  it('answers the same, whoever is named', async () => {
    const answers = [];
    for (const [index, name] of ['noor', 'nobody', 'gone', 'noor@devries.example'].entries()) {
      const { status, body, location } = await ask(name, { 'X-Forwarded-For': `198.51.100.${index}` });
      answers.push({ status, body, location });
    }
    for (const answer of answers) expect(answer).to.deep.equal(answers[0]);
    expect(answers[0]?.status).to.equal(303);
  });

  it('answers the same, and sends no more, when it was too much', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => ask('noor')));
    expect(new Set(answers.map(({ status, location }) => `${status} ${location}`)).size).to.equal(1);
    await server.arrived(3);
    await idp.close();
    expect(server.mails).to.have.length(3);
    idp = await startIdentityProvider('SQLite and memory');
  });

  for (const [name, headers] of [
    ['Host', { Host: 'evil.example' }],
    ['X-Forwarded-Host', { 'X-Forwarded-Host': 'evil.example' }],
    ['Forwarded', { Forwarded: 'host=evil.example;proto=https' }],
    [
      'X-Forwarded-Proto and -Prefix',
      { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Prefix': '/evil', 'X-Host': 'evil.example' },
    ],
  ] as const) {
    it(`mails links to the issuer alone, whatever ${name} says`, async () => {
      const { status } = await ask('noor', headers);
      if (status === 303) {
        await server.arrived(1);
        expect(server.linkTo('noor@devries.example').startsWith(`${idp.issuer}/password?token=`)).to.equal(true);
        expect(server.mails[0]?.raw).to.not.include('evil');
      } else {
        expect(status).to.equal(421);
        expect(server.mails).to.deep.equal([]);
      }
    });
  }

  it('takes no post from another site', async () => {
    expect((await ask('noor', { Origin: 'https://evil.example' })).status).to.equal(403);
    expect((await post('/password', { token: 'a'.repeat(43), password: 'x' }, { Origin: 'null' })).status).to.equal(
      403,
    );
  });

  it('refuses names that are none, and minds nothing that is typed', async () => {
    for (const name of ['', '   ', 'a\r\nBcc: eve@example.com', 'x'.repeat(400)]) {
      expect((await ask(name)).status, name).to.equal(422);
    }
    for (const name of ['noor@devries.example\u2028', "' or 1=1 --", '<script>', '%00', '__proto__']) {
      expect((await ask(name, { 'X-Forwarded-For': name.length.toString() })).status, name).to.equal(303);
    }
  });

  it('loses nothing while the mail server is down, nor when it is restarted itself', async () => {
    await server.stop();
    await ask('noor');
    while (!idp.log.some((line) => line.includes('mail not sent'))) await new Promise(setImmediate);
    expect(idp.log.join('')).to.not.include('noor@devries.example');
    await idp.restart();
    await server.start();
    idp.clock.advance(30_000);
    await server.arrived(1);
    const link = server.linkTo('noor@devries.example');
    expect((await fetch(link)).status).to.equal(200);
    idp.clock.advance(HOUR);
    expect((await fetch(link)).status).to.equal(410);
  });
});
