import { expect } from 'chai';
import { vonage } from '../../../src/delivery/sms/vonage.ts';
import { smsGatewayContract } from '../../contracts/sms-gateway.ts';
import type { HttpApi } from '../../support/sms/http-provider.ts';
import { vonageApi } from '../../support/sms/vonage.ts';
import { openHttp } from './open.ts';

const secret = 'very-secret-indeed';
const apiKey = 'abcd1234';
const open = (api: HttpApi) =>
  openHttp(api, {
    secret,
    carrier: (url, apiSecret, parts) => vonage({ url, apiKey, apiSecret, from: 'Example' }, parts),
  });

describe('Vonage', () => {
  smsGatewayContract(() => open(vonageApi({ apiKey, apiSecret: secret })));

  const outcomes: readonly [what: string, body: unknown, outcome: object][] = [
    ['one part of several was taken', messages('0', '1'), { taken: false, reason: 'unknown', detail: 'Vonage 1' }],
    ['there is no credit', messages('9'), { taken: false, reason: 'refused', detail: 'Vonage 9' }],
    ['the answer has no messages', {}, { taken: false, reason: 'unknown', detail: 'answer not understood' }],
    ['the answer is no JSON', '<html>', { taken: false, reason: 'unknown', detail: 'answer not understood' }],
    [
      'a status is a number to call',
      messages('31612345678'),
      { taken: false, reason: 'unknown', detail: 'answer not understood' },
    ],
  ];
  for (const [what, body, outcome] of outcomes) {
    it(`tells when ${what}`, async () => {
      const api = { ...vonageApi({ apiKey, apiSecret: secret }), respond: () => ({ status: 200, body }) };
      const { carrier, close } = await open(api);
      expect(await carrier().attempt({ to: '+31612345678', text: 'Hello', id: 'one' })).to.deep.equal(outcome);
      await close();
    });
  }
});

function messages(...statuses: readonly string[]) {
  return { 'message-count': `${statuses.length}`, messages: statuses.map((status) => ({ status })) };
}
