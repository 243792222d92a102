import { expect } from 'chai';
import { twilio } from '../../../src/delivery/sms/twilio.ts';
import { smsGatewayContract } from '../../contracts/sms-gateway.ts';
import { twilioApi } from '../../support/sms/twilio.ts';
import { openHttp } from './open.ts';

const secret = '0123456789abcdef0123456789abcdef';
const sid = 'AC00000000000000000000000000000000';
const keySid = 'SK00000000000000000000000000000000';
const service = `MG${'0'.repeat(32)}`;
const message = { to: '+31612345678', text: 'Hello', id: 'one' };

describe('Twilio', () => {
  smsGatewayContract(() =>
    openHttp(twilioApi({ sid, secret }), {
      secret,
      carrier: (url, authToken, parts) => twilio({ url, accountSid: sid, authToken, from: '+3197010281234' }, parts),
    }),
  );

  it('takes the key and secret of an API key, and a messaging service as sender', async () => {
    const { carrier, provider, close } = await openHttp(twilioApi({ sid, keySid, secret }), {
      secret,
      carrier: (url, authToken, parts) =>
        twilio({ url, accountSid: sid, apiKeySid: keySid, authToken, from: service }, parts),
    });
    expect(await carrier().attempt(message)).to.deep.equal({ taken: true });
    const sent = new URLSearchParams(provider.received[0]?.body);
    expect(Object.fromEntries(sent)).to.deep.equal({ To: message.to, Body: 'Hello', MessagingServiceSid: service });
    await close();
  });

  it("tells Twilio's own code of an error, and a message that failed at once", async () => {
    const { carrier, close } = await openHttp(twilioApi({ sid, secret }), {
      secret,
      carrier: (url, authToken, parts) => twilio({ url, accountSid: sid, authToken, from: 'Example' }, parts),
    });
    const wrong = await carrier().attempt({ ...message, to: '+31' });
    expect(wrong).to.deep.equal({ taken: false, reason: 'refused', detail: 'HTTP 400 21211' });
    await close();

    const failing = { ...twilioApi({ sid, secret }), respond: () => ({ status: 201, body: { status: 'failed' } }) };
    const other = await openHttp(failing, {
      secret,
      carrier: (url, authToken, parts) => twilio({ url, accountSid: sid, authToken, from: 'Example' }, parts),
    });
    const failed = await other.carrier().attempt(message);
    expect(failed).to.deep.equal({ taken: false, reason: 'refused', detail: 'Twilio failed' });
    await other.close();
  });
});
