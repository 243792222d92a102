import type { Carrier } from './carrier.ts';
import { exchange, type HttpParts } from './http-exchange.ts';
import { failureOf } from './http-failure.ts';
import { valueAt } from './value-at.ts';

export interface TwilioSettings {
  /** Without a slash at the end. */
  readonly url: string;
  /** `AC…` */
  readonly accountSid: string;
  /** `SK…`, where `authToken` is the secret of an API key. */
  readonly apiKeySid?: string;
  /** The account's auth token or the API key's secret. */
  readonly authToken: string;
  /** A number in E.164, an alphanumeric sender, or a messaging service (`MG…`). */
  readonly from: string;
}

/** Twilio's Programmable Messaging: the Messages resource of its API of 2010-04-01. It knows no idempotency key. */
export function twilio(settings: TwilioSettings, parts: HttpParts): Carrier {
  const { url, accountSid, apiKeySid = accountSid, authToken, from } = settings;
  const sender = /^MG[\da-f]{32}$/i.test(from) ? { MessagingServiceSid: from } : { From: from };
  return {
    name: 'twilio',
    idempotent: false,
    async attempt({ to, text }) {
      const answer = await exchange(
        {
          url: `${url}/2010-04-01/Accounts/${accountSid}/Messages.json`,
          method: 'POST',
          headers: {
            authorization: `Basic ${Buffer.from(`${apiKeySid}:${authToken}`).toString('base64')}`,
            'content-type': 'application/x-www-form-urlencoded',
          },
          body: new URLSearchParams({ To: to, ...sender, Body: text }).toString(),
        },
        parts,
      );
      if ('taken' in answer) return answer;
      if (answer.status !== 201) return failureOf(answer, valueAt(answer.body, 'code'));
      const status = valueAt(answer.body, 'status');
      if (status !== 'failed' && status !== 'undelivered') return { taken: true };
      return { taken: false, reason: 'refused', detail: `Twilio ${status}` };
    },
  };
}
