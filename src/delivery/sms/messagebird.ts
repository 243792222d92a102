import type { Carrier } from './carrier.ts';
import { exchange, type HttpParts } from './http-exchange.ts';
import { failureOf } from './http-failure.ts';
import { valueAt } from './value-at.ts';

export interface MessageBirdSettings {
  /** Without a slash at the end. */
  readonly url: string;
  readonly accessKey: string;
  /** A number with its country code, or an alphanumeric sender. */
  readonly from: string;
}

/** MessageBird's SMS API, which Bird keeps for those who use it. Its `reference` does not keep it from sending twice. */
export function messageBird({ url, accessKey, from }: MessageBirdSettings, parts: HttpParts): Carrier {
  return {
    name: 'messagebird',
    idempotent: false,
    async attempt({ to, text, id }) {
      const message = { originator: from, recipients: [to.slice(1)], body: text, datacoding: 'auto', reference: id };
      const answer = await exchange(
        {
          url: `${url}/messages`,
          method: 'POST',
          headers: { authorization: `AccessKey ${accessKey}`, 'content-type': 'application/json' },
          body: JSON.stringify(message),
        },
        parts,
      );
      if ('taken' in answer) return answer;
      if (answer.status !== 201) return failureOf(answer, valueAt(answer.body, 'errors.0.code'));
      if (valueAt(answer.body, 'recipients.items.0.status') !== 'delivery_failed') return { taken: true };
      return { taken: false, reason: 'refused', detail: 'MessageBird delivery_failed' };
    },
  };
}
