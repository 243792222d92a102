import { expect } from 'chai';
import { messageBird } from '../../../src/delivery/sms/messagebird.ts';
import { smsGatewayContract } from '../../contracts/sms-gateway.ts';
import type { HttpApi } from '../../support/sms/http-provider.ts';
import { messageBirdApi } from '../../support/sms/messagebird.ts';
import { openHttp } from './open.ts';

const secret = 'live_0123456789abcdefghijklmno';
const message = { to: '+31612345678', text: 'Hello', id: 'one' };
const open = (api: HttpApi) =>
  openHttp(api, {
    secret,
    carrier: (url, accessKey, parts) => messageBird({ url, accessKey, from: 'Example' }, parts),
  });

describe('MessageBird', () => {
  smsGatewayContract(() => open(messageBirdApi({ accessKey: secret })));

  it("tells MessageBird's own code of an error", async () => {
    const { carrier, close } = await open(messageBirdApi({ accessKey: secret }));
    const outcome = await carrier().attempt({ ...message, to: '+31' });
    expect(outcome).to.deep.equal({ taken: false, reason: 'refused', detail: 'HTTP 422 10' });
    await close();
  });

  it('tells when a message failed at once', async () => {
    const recipients = { items: [{ status: 'delivery_failed' }] };
    const api = { ...messageBirdApi({ accessKey: secret }), respond: () => ({ status: 201, body: { recipients } }) };
    const { carrier, close } = await open(api);
    const outcome = await carrier().attempt(message);
    expect(outcome).to.deep.equal({ taken: false, reason: 'refused', detail: 'MessageBird delivery_failed' });
    await close();
  });
});
