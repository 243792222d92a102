import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { type SmtpSettings, smtp } from '../../../src/delivery/mail/smtp.ts';
import type { Mail } from '../../../src/domain/ports.ts';
import { Undelivered } from '../../../src/domain/undelivered.ts';
import { type MailServer, startMailServer } from '../../support/mail-server.ts';
import { rejection } from '../../support/rejection.ts';
import { localhost } from '../../support/tls/localhost.ts';

const mail: Mail = {
  to: 'noor@devries.example',
  subject: 'Één nieuw wachtwoord\r\nBcc: eve@example.com',
  text: 'Beste Noor,\n\nhttps://id.example.com/password/abc\n.\nQUIT\n',
  html: '<p>Beste Noor</p>',
  id: 'the-id',
};

describe('smtp', () => {
  let server: MailServer;

  afterEach(() => server.stop());

  const mailer = (more: Partial<SmtpSettings> = {}) =>
    smtp({
      host: 'localhost',
      port: server.port,
      security: 'none',
      from: { name: 'Sluis, "het" huis', address: 'no-reply@sluis.example' },
      timeout: 2_000,
      hostname: 'id.example.com',
      ...more,
    });
  const failureOf = async (sending: Promise<void>) => {
    const error = await rejection(sending);
    expect(error).to.be.instanceOf(Undelivered);
    expect(String(error)).to.not.match(/noor|devries|secret/i);
    return error instanceof Undelivered ? error.reason : undefined;
  };

  it('hands over plain text and HTML, to one recipient, and nothing more than it was given', async () => {
    server = await startMailServer();
    await mailer({ replyTo: 'help@example.com' }).send(mail);
    const [caught] = server.mails;
    expect(caught?.to).to.deep.equal(['noor@devries.example']);
    expect(caught?.from).to.equal('no-reply@sluis.example');
    expect(caught?.text.trim()).to.equal(mail.text.trim());
    expect(caught?.html.trim()).to.equal(mail.html);
    expect(caught?.headers).to.include({
      to: 'noor@devries.example',
      'reply-to': 'help@example.com',
      'message-id': '<the-id@id.example.com>',
      'auto-submitted': 'auto-generated',
    });
    expect(caught?.headers.subject).to.equal('Één nieuw wachtwoord Bcc: eve@example.com');
    expect(caught?.headers).to.not.have.property('bcc');
  });

  it('encrypts before it says anything, and gives its name and password then', async () => {
    server = await startMailServer({
      ...localhost,
      disabledCommands: [],
      onAuth({ username, password }, { secure }, done) {
        const isRight = secure && username === 'sluis' && password === 'a secret';
        done(isRight ? null : new Error('no'), isRight ? { user: 'sluis' } : undefined);
      },
    });
    const known = { security: 'starttls', ca: localhost.cert, user: 'sluis', password: 'a secret' } as const;
    await mailer(known).send(mail);
    expect(server.mails[0]).to.include({ secure: true, user: 'sluis' });
    expect(await failureOf(mailer({ ...known, password: 'another secret' }).send(mail))).to.equal('unreachable');
  });

  it('sends nothing to a server that does not encrypt, or whose certificate it does not trust', async () => {
    server = await startMailServer();
    expect(await failureOf(mailer({ security: 'starttls' }).send(mail))).to.equal('unreachable');
    await server.stop();
    server = await startMailServer({ ...localhost, disabledCommands: ['AUTH'] });
    expect(await failureOf(mailer({ security: 'starttls' }).send(mail))).to.equal('unreachable');
    expect(server.mails).to.deep.equal([]);
  });

  it('speaks TLS from the first byte', async () => {
    server = await startMailServer({ ...localhost, secure: true, disabledCommands: ['AUTH'] });
    await mailer({ security: 'tls', ca: localhost.cert }).send(mail);
    expect(server.mails[0]).to.include({ secure: true });
  });

  it('refuses an address that is more than one', async () => {
    server = await startMailServer();
    for (const to of ['noor@devries.example\r\nRCPT TO:<eve@example.com>', 'noor@devries.example, eve@example.com']) {
      expect(await failureOf(mailer().send({ ...mail, to }))).to.equal('refused');
    }
    expect(server.mails).to.deep.equal([]);
  });

  it('tells what is refused for good from what may be tried again', async () => {
    server = await startMailServer();
    server.refuse(550);
    expect(await failureOf(mailer().send(mail))).to.equal('refused');
    server.refuse(451);
    expect(await failureOf(mailer().send(mail))).to.equal('unreachable');
    await server.stop();
    expect(await failureOf(mailer().send(mail))).to.equal('unreachable');
    await server.start();
  });

  it('gives up a server that keeps it waiting, a byte now and then', async () => {
    server = await startMailServer();
    const slow = await startSlowServer();
    const error = await rejection(mailer({ port: slow.port, timeout: 200 }).send(mail));
    expect(error).to.be.instanceOf(Undelivered).and.include({ reason: 'unreachable' });
    expect(error).to.have.property('detail').that.includes('ETIMEDOUT');
    expect(await slow.hungUp).to.equal('client');
    await slow.stop();
  });
});

/** Greets, and then takes its time over its first answer, in 200 lines. */
async function startSlowServer() {
  const listening = createServer();
  await once(listening.listen(0, 'localhost'), 'listening');
  const hungUp = once(listening, 'connection').then(async ([socket]: Socket[]) => {
    if (socket === undefined) throw new Error('no connection');
    const hasEnded = once(socket, 'close').then(() => true);
    socket.on('error', () => {}).write('220 slow\r\n');
    await once(socket, 'data');
    for (let lines = 0; lines < 200; lines += 1) {
      socket.write('250-wait\r\n');
      if (await Promise.race([hasEnded, wait(10, false)])) return 'client';
    }
    socket.destroy();
    return 'server';
  });
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, hungUp, stop: () => new Promise((resolve) => listening.close(resolve)) };
}
