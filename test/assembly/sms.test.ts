import { expect } from 'chai';
import { pino } from 'pino';
import { openSms } from '../../src/assembly/sms.ts';
import { ConfigError, parseConfig } from '../../src/config.ts';
import { Keyring } from '../../src/crypto/keyring.ts';
import { createOutbox } from '../../src/delivery/sms/outbox.ts';
import { memorySendingLimits } from '../../src/stores/memory/sending-limits.ts';
import { FakeClock } from '../support/clock.ts';
import { rejection } from '../support/rejection.ts';
import { birdApi } from '../support/sms/bird.ts';
import { type HttpProvider, startHttpProvider } from '../support/sms/http-provider.ts';
import { messageBirdApi } from '../support/sms/messagebird.ts';
import { ownApi } from '../support/sms/own-api.ts';
import type { Provider } from '../support/sms/provider.ts';
import { startSmsc } from '../support/sms/smsc.ts';
import { twilioApi } from '../support/sms/twilio.ts';
import { vonageApi } from '../support/sms/vonage.ts';

const secret = 'pa55word';
const outgoing = { account: 'noor', number: '+31612345678', address: '192.0.2.1', text: 'Hello', id: 'one' };

interface Started {
  readonly provider: Provider;
  readonly settings: object;
}
const overHttp = (provider: HttpProvider, settings: object): Started => ({
  provider,
  settings: { url: provider.url, ...settings },
});

/** Starts the provider of each gateway, and tells what to configure. */
const gateways: Readonly<Record<string, () => Promise<Started>>> = {
  twilio: async () =>
    overHttp(await startHttpProvider(twilioApi({ sid: 'AC1', secret })), {
      accountSid: 'AC1',
      authToken: secret,
      from: 'Example',
    }),
  vonage: async () =>
    overHttp(await startHttpProvider(vonageApi({ apiKey: 'a', apiSecret: secret })), {
      apiKey: 'a',
      apiSecret: secret,
      from: 'Example',
    }),
  messagebird: async () =>
    overHttp(await startHttpProvider(messageBirdApi({ accessKey: secret })), { accessKey: secret, from: 'Example' }),
  bird: async () =>
    overHttp(await startHttpProvider(birdApi({ accessKey: secret, workspace: 'w', channel: 'c' })), {
      accessKey: secret,
      workspace: 'w',
      channel: 'c',
    }),
  http: async () =>
    overHttp(await startHttpProvider(ownApi({ token: secret })), {
      headers: { Authorization: 'Bearer {secret}', 'Idempotency-Key': '{id}' },
      body: { messages: [{ to: '{to}', text: '{text}' }] },
      success: { path: 'messages.0.status', equals: 'queued' },
      secret,
    }),
  smpp: async () => {
    const provider = await startSmsc({ systemId: 'example', password: secret });
    const { host, port } = provider;
    return { provider, settings: { host, port, tls: false, systemId: 'example', password: secret, from: 'Example' } };
  },
};

function open(
  sms: object,
  { more = {}, ...parts }: { more?: object; smsGateway?: ReturnType<typeof createOutbox> } = {},
) {
  const plain = {
    issuer: 'https://id.example.com',
    encryptionKeys: [Buffer.alloc(32, 1).toString('base64')],
    sms,
    ...more,
  };
  const clock = new FakeClock();
  const config = parseConfig(plain, { demo: true });
  const vault = new Keyring([Buffer.alloc(32, 7)]);
  return openSms(config, {
    clock,
    logger: pino({ level: 'silent' }),
    audit: { append: async () => {} },
    sendingLimits: memorySendingLimits({ vault, clock, rules: config.sms.limits }),
    ...parts,
  });
}

describe('text messages as configured', () => {
  for (const [name, start] of Object.entries(gateways)) {
    it(`go by ${name}`, async () => {
      const { provider, settings } = await start();
      const { textMessages, outbox, close } = await open({ gateway: name, [name]: settings });
      await textMessages?.send(outgoing);
      expect(provider.taken).to.deep.equal([{ to: outgoing.number, text: outgoing.text }]);
      expect(outbox).to.equal(undefined);
      await close();
      await provider.close();
    });
  }

  it('go by the fallback when the first does not send', async () => {
    const [first, second] = await Promise.all([gateways.twilio?.(), gateways.smpp?.()]);
    first?.provider.next('throttled');
    const { textMessages, close } = await open({
      gateway: 'twilio',
      fallback: 'smpp',
      retries: 0,
      twilio: first?.settings,
      smpp: second?.settings,
    });
    await textMessages?.send(outgoing);
    expect([first?.provider.taken.length, second?.provider.taken.length]).to.deep.equal([0, 1]);
    await close();
    await Promise.all([first?.provider.close(), second?.provider.close()]);
  });

  it('do not go by the fallback in doubt', async () => {
    const [first, second] = await Promise.all([gateways.twilio?.(), gateways.vonage?.()]);
    first?.provider.next('cut');
    const settings = { twilio: first?.settings, vonage: second?.settings };
    const { textMessages } = await open({ gateway: 'twilio', fallback: 'vonage', ...settings });
    expect(await rejection(textMessages?.send(outgoing) ?? Promise.resolve())).to.include({ reason: 'unknown' });
    expect([first?.provider.taken.length, second?.provider.asked()]).to.deep.equal([1, 0]);
    await Promise.all([first?.provider.close(), second?.provider.close()]);
  });

  it('go by the gateway of whoever mounts Sluis, whatever is configured', async () => {
    const smsGateway = createOutbox(new FakeClock());
    const { textMessages, outbox } = await open({ gateway: 'outbox' }, { smsGateway, more: { methods: ['sms'] } });
    await textMessages?.send(outgoing);
    expect(smsGateway.messages()).to.have.length(1);
    expect(outbox).to.equal(undefined);
  });

  it('go to the outbox of a demonstration', async () => {
    const { textMessages, outbox } = await open({ gateway: 'outbox' });
    await textMessages?.send(outgoing);
    expect(outbox?.messages()).to.have.length(1);
  });

  it('go nowhere without a gateway', async () => {
    expect(await open({})).to.have.all.keys('close');
  });

  it('need a gateway where people are offered codes by message', async () => {
    const error = await rejection(open({}, { more: { methods: ['totp', 'sms'] } }));
    expect(error).to.be.instanceOf(ConfigError).with.property('message').that.contains('sms.gateway');
  });

  it('go to countries alone that there are', async () => {
    const error = await rejection(open({ gateway: 'outbox', countries: ['NL', 'UK'] }));
    expect(error).to.be.instanceOf(ConfigError).with.property('message').that.contains('UK');
  });
});
