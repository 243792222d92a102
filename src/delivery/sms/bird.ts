import type { Carrier } from './carrier.ts';
import { exchange, type HttpParts } from './http-exchange.ts';
import { failureOf } from './http-failure.ts';
import { valueAt } from './value-at.ts';

export interface BirdSettings {
  /** Without a slash at the end. */
  readonly url: string;
  readonly accessKey: string;
  readonly workspace: string;
  /** Id of an SMS channel; it has the sender. */
  readonly channel: string;
}

/** Bird's Channels API. It documents no idempotency key; its `reference` is for one's own records. */
export function bird({ url, accessKey, workspace, channel }: BirdSettings, parts: HttpParts): Carrier {
  return {
    name: 'bird',
    idempotent: false,
    async attempt({ to, text, id }) {
      const message = {
        receiver: { contacts: [{ identifierKey: 'phonenumber', identifierValue: to }] },
        body: { type: 'text', text: { text } },
        reference: id,
      };
      const answer = await exchange(
        {
          url: `${url}/workspaces/${workspace}/channels/${channel}/messages`,
          method: 'POST',
          headers: { authorization: `AccessKey ${accessKey}`, 'content-type': 'application/json' },
          body: JSON.stringify(message),
        },
        parts,
      );
      if ('taken' in answer) return answer;
      if (answer.status !== 202) return failureOf(answer, valueAt(answer.body, 'code'));
      if (valueAt(answer.body, 'status') !== 'rejected') return { taken: true };
      return { taken: false, reason: 'refused', detail: 'Bird rejected' };
    },
  };
}
