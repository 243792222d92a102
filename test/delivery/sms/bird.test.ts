import { expect } from 'chai';
import { bird } from '../../../src/delivery/sms/bird.ts';
import { smsGatewayContract } from '../../contracts/sms-gateway.ts';
import { birdApi } from '../../support/sms/bird.ts';
import type { HttpApi } from '../../support/sms/http-provider.ts';
import { openHttp } from './open.ts';

const secret = 'AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGhIj';
const place = { workspace: 'a1405560-c8d3-4b1a-877d-3f449ad95352', channel: 'b1405560-c8d3-4b1a-877d-3f449ad95352' };
const message = { to: '+31612345678', text: 'Hello', id: 'one' };
const open = (api: HttpApi) =>
  openHttp(api, { secret, carrier: (url, accessKey, parts) => bird({ url, accessKey, ...place }, parts) });

describe('Bird', () => {
  smsGatewayContract(() => open(birdApi({ accessKey: secret, ...place })));

  it("tells Bird's own code of an error", async () => {
    const { carrier, close } = await open(birdApi({ accessKey: secret, ...place }));
    const outcome = await carrier().attempt({ ...message, to: '+31' });
    expect(outcome).to.deep.equal({ taken: false, reason: 'refused', detail: 'HTTP 422 InvalidPayload' });
    await close();
  });

  it('tells when a message was rejected', async () => {
    const api = {
      ...birdApi({ accessKey: secret, ...place }),
      respond: () => ({ status: 202, body: { status: 'rejected' } }),
    };
    const { carrier, close } = await open(api);
    const outcome = await carrier().attempt(message);
    expect(outcome).to.deep.equal({ taken: false, reason: 'refused', detail: 'Bird rejected' });
    await close();
  });
});
