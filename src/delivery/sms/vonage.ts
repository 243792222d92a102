import type { Carrier, Outcome } from './carrier.ts';
import { isGsm } from './gsm-alphabet.ts';
import { exchange, type HttpParts } from './http-exchange.ts';
import { failureOf, isCode } from './http-failure.ts';
import { valueAt } from './value-at.ts';

export interface VonageSettings {
  /** Without a slash at the end. */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** An alphanumeric sender or a number. */
  readonly from: string;
}

/** Statuses of a message that was not processed: throttled, too many binds. */
const later = ['1', '10'];
/** An internal error: it may have been. */
const doubtful = ['5'];

/** Vonage's SMS API. It answers 200 whatever happened; each part of the message has a status. It knows no idempotency key. */
export function vonage({ url, apiKey, apiSecret, from }: VonageSettings, parts: HttpParts): Carrier {
  return {
    name: 'vonage',
    idempotent: false,
    async attempt({ to, text, id }) {
      const fields = { from, to: to.slice(1), text, type: isGsm(text) ? 'text' : 'unicode', 'client-ref': id };
      const answer = await exchange(
        {
          url: `${url}/sms/json`,
          method: 'POST',
          headers: {
            authorization: `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}`,
            'content-type': 'application/x-www-form-urlencoded',
          },
          body: new URLSearchParams(fields).toString(),
        },
        parts,
      );
      if ('taken' in answer) return answer;
      return answer.status === 200 ? outcomeOf(valueAt(answer.body, 'messages')) : failureOf(answer);
    },
  };
}

function outcomeOf(messages: unknown): Outcome {
  const statuses = Array.isArray(messages) ? messages.map((one) => valueAt(one, 'status')) : [];
  const wrong = statuses.find((status) => status !== '0');
  if (statuses.length > 0 && wrong === undefined) return { taken: true };
  const detail = isCode(wrong) ? `Vonage ${wrong}` : 'answer not understood';
  // Some parts are on their way: the message must not be sent again.
  if (!isCode(wrong) || statuses.includes('0') || doubtful.includes(String(wrong))) {
    return { taken: false, reason: 'unknown', detail };
  }
  if (later.includes(String(wrong))) return { taken: false, reason: 'unreachable', detail, again: 0 };
  return { taken: false, reason: 'refused', detail };
}
