import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { temporaryDirectory } from '../support/directory.ts';
import { type RunningIdentityProvider, startIdentityProvider } from '../support/identity-provider.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { startHttpProvider } from '../support/sms/http-provider.ts';
import { ownApi } from '../support/sms/own-api.ts';
import { commandLineOf } from './in-process.ts';

describe('sluis mail test and sluis sms test', () => {
  const token = 't0ken';
  let idp: RunningIdentityProvider;
  let mail: MailServer;
  let gateway: Awaited<ReturnType<typeof startHttpProvider>>;
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;

  before(async () => {
    [idp, mail, gateway, directory] = await Promise.all([
      startIdentityProvider('SQLite and memory'),
      startMailServer(),
      startHttpProvider({ ...ownApi({ token }), respond: () => ({ status: 200, body: '' }) }),
      temporaryDirectory(),
    ]);
    const http = { url: `${gateway.url}/messages`, body: { to: '{to}', text: '{text}' } };
    const settings = { mail: mail.settings, sms: { gateway: 'http', http } };
    writeFileSync(`${directory.path}/production.json5`, JSON.stringify(settings));
  });
  after(async () => {
    await Promise.all([idp.close(), mail.stop(), gateway.close(), directory.remove()]);
  });

  const configured = (...args: string[]) => commandLineOf(idp).run('--config', directory.path, ...args);

  it('send at once, by what is configured', async () => {
    expect((await configured('mail', 'test', 'you@example.com')).code).to.equal(0);
    expect(mail.mails.map(({ to }) => to)).to.deep.equal([['you@example.com']]);
    const { code, out } = await configured('sms', 'test', '+31 6 1234 5678');
    expect([code, out]).to.deep.equal([0, 'The gateway took it: see whether it arrives\n']);
    expect(gateway.received.map(({ body }) => JSON.parse(body).to)).to.deep.equal(['+31612345678']);
  });

  it('say why nothing was sent', async () => {
    mail.refuse(550);
    const refused = await configured('mail', 'test', 'you@example.com');
    expect([refused.code, refused.err]).to.deep.equal([69, 'It was not taken.\n  to: refused']);
    expect((await configured('mail', 'test', 'nowhere')).code).to.equal(65);
    expect((await configured('sms', 'test', '0612345678')).code).to.equal(65);
    const { run } = commandLineOf(idp);
    const without = [await run('mail', 'test', 'you@example.com'), await run('sms', 'test', '+31612345678')];
    expect(without.map(({ code }) => code)).to.deep.equal([69, 69]);
  });
});
