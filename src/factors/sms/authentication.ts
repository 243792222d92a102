import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Authenticating, Ceremony, Started } from '../../domain/factor.ts';
import { readStored } from '../read-stored.ts';
import type { SmsNeeds } from './index.ts';
import { sendCode } from './message.ts';
import { readSecret, type SmsSecret } from './secret.ts';
import { COOL_DOWN, codeFor, objectionTo, pauseAfter, sentCode } from './sent-code.ts';
import { masked } from './written.ts';

const proving = z.strictObject({
  /** The enrolment whose number the code went to. */
  enrolment: z.string(),
  sent: sentCode,
  /** Names the message, for gateways that must not send one twice. */
  message: z.uuid(),
});
type Proving = z.output<typeof proving>;

/** A code to a number that was confirmed before: it is sent at once, and `act=resend` sends it again. */
export function authentication(needs: SmsNeeds): Ceremony<Authenticating<SmsSecret>, Proving, SmsSecret> {
  const { clock } = needs;

  /** Shows `number` masked, its last two digits as `ending`, and `resendAt`: when the next message may be asked for. */
  async function send(enrolment: string, sent: Proving['sent']): Promise<Started<Proving>> {
    const { number, sentAt } = sent;
    return {
      remember: { enrolment, sent, message: randomUUID() },
      show: { number: await masked(number), ending: number.slice(-2), resendAt: sentAt + COOL_DOWN },
    };
  }

  return {
    async start({ enrolments: [first] }) {
      if (first === undefined) throw new Error('nobody proves a phone without having one');
      const { number } = readSecret(first.secret);
      return send(first.id, codeFor(number, null, clock.now()));
    },

    async deliver({ account, visiting }, state) {
      const { sent, message: id } = read(state);
      const { address, locale } = visiting;
      await sendCode(needs, { account: account.id, number: sent.number, code: sent.code, id, address, locale });
    },

    stands({ enrolments }, state) {
      const { enrolment, sent } = read(state);
      return enrolments.some(({ id, secret }) => id === enrolment && readSecret(secret).number === sent.number);
    },

    async finish(_subject, state, answer) {
      const { enrolment, sent } = read(state);
      const now = clock.now();
      if (answer.act === 'resend') {
        const wait = pauseAfter(sent, now);
        if (wait > 0) return { ok: false, reason: 'refused', detail: 'too-soon', wait };
        return { ok: 'more', ...(await send(enrolment, codeFor(sent.number, sent, now))) };
      }
      const objection = objectionTo(answer.code, sent, now);
      return objection ?? { ok: true, secret: { number: sent.number }, amr: ['sms'], enrolment };
    },
  };
}

function read(state: unknown): Proving {
  return readStored('state of proving sms', proving, state);
}
