import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Ceremony, Enrolling, Started, Verdict } from '../../domain/factor.ts';
import { readStored } from '../read-stored.ts';
import type { SmsNeeds } from './index.ts';
import { sendCode } from './message.ts';
import { phoneNumbers, readNumber } from './number.ts';
import { readSecret, type SmsSecret } from './secret.ts';
import { COOL_DOWN, codeFor, objectionTo, pauseAfter, type SentCode, sentCode } from './sent-code.ts';
import { written } from './written.ts';

/** Countries that the list shows before all others. */
const FIRST = 6;

const settingUp = z.strictObject({
  /** What the person is asked: to enter a number, to agree with the one that staff entered, or for the code. */
  ask: z.enum(['number', 'confirm', 'code']),
  /** The enrolment that staff had prepared when this began. */
  prepared: z.string().nullable(),
  /** The last code, also while another number is entered: the same number then gets the same code. */
  sent: sentCode.nullable(),
  /** Names the message that is to be sent now, for gateways that must not send one twice. */
  message: z.uuid().nullable(),
});
type SettingUp = z.output<typeof settingUp>;

/** Where a person is who sets up a phone. */
interface Place extends Pick<SettingUp, 'prepared' | 'sent'> {
  readonly mayReplace: boolean;
}

/**
 * A number first, unless staff entered one that is only to be confirmed; then the code that was sent to it.
 * `act=resend` sends again, `act=change` asks for another number, where that is allowed.
 */
export function enrolment(needs: SmsNeeds): Ceremony<Enrolling<SmsSecret>, SettingUp, SmsSecret> {
  const { clock, settings } = needs;
  const { countries } = settings;

  /** Shows `countries` with their calling codes, how many of them come `first`, and the `number` that was tried before. */
  async function askNumber({ prepared, sent }: Place): Promise<Started<SettingUp>> {
    const { getCountryCallingCode, isSupportedCountry } = await phoneNumbers();
    const list = countries.flatMap((code) =>
      isSupportedCountry(code) ? { code, calling: getCountryCallingCode(code) } : [],
    );
    return {
      remember: { ask: 'number', prepared, sent, message: null },
      show: { ask: 'number', countries: list, first: FIRST, ...(sent && { number: await written(sent.number) }) },
    };
  }

  /**
   * Shows the `number`, `resendAt` (when the next message may be asked for), whether another number is allowed (`mayChange`), and
   * `earlier` where no message is sent now because one was asked for a moment ago.
   */
  async function askCode({ prepared, mayReplace }: Place, sent: SentCode, isNew: boolean): Promise<Started<SettingUp>> {
    const resendAt = sent.sentAt + COOL_DOWN;
    const number = await written(sent.number);
    return {
      remember: { ask: 'code', prepared, sent, message: isNew ? randomUUID() : null },
      show: { ask: 'code', number, resendAt, mayChange: mayReplace, ...(!isNew && { earlier: true }) },
    };
  }

  /** Sends a code to this number, or none when one was sent there just now. */
  function send(place: Place, number: string): Promise<Started<SettingUp>> {
    const now = clock.now();
    const { sent } = place;
    if (sent?.number === number && pauseAfter(sent, now) > 0) return askCode(place, sent, false);
    return askCode(place, codeFor(number, sent, now), true);
  }

  return {
    /** Shows what to `ask`, and the `number` that staff entered, if they did. */
    async start({ provisional, mayReplace }) {
      if (provisional === undefined) return askNumber({ prepared: null, sent: null, mayReplace });
      const number = await written(readSecret(provisional.secret).number);
      return {
        remember: { ask: 'confirm', prepared: provisional.id, sent: null, message: null },
        show: { ask: 'confirm', number, mayChange: mayReplace },
      };
    },

    async deliver({ account, visiting }, state) {
      const { sent, message: id } = read(state);
      if (sent === null || id === null) return;
      const { address, locale } = visiting;
      await sendCode(needs, { account: account.id, number: sent.number, code: sent.code, id, address, locale });
    },

    /** Until staff enter another number, or forbid that it is changed. */
    stands({ provisional, mayReplace }, state) {
      const { ask, prepared, sent } = read(state);
      if (prepared !== (provisional?.id ?? null)) return false;
      if (mayReplace || provisional === undefined) return true;
      return ask !== 'number' && (sent === null || sent.number === readSecret(provisional.secret).number);
    },

    async finish({ provisional, mayReplace }, state, answer): Promise<Verdict<SettingUp, SmsSecret>> {
      const { ask, prepared, sent } = read(state);
      const place = { prepared, sent, mayReplace };
      if (answer.act === 'change') {
        return mayReplace ? { ok: 'more', ...(await askNumber(place)) } : { ok: false, reason: 'refused' };
      }
      if (ask !== 'code' || sent === null) {
        const entered = ask === 'confirm' && provisional && readSecret(provisional.secret).number;
        const typed = entered || answer.number;
        const found = await readNumber({ typed, country: answer.country, countries });
        if ('number' in found) return { ok: 'more', ...(await send(place, found.number)) };
        return { ok: false, reason: 'malformed', detail: found.fault, ...(!entered && { field: 'number' }) };
      }
      const now = clock.now();
      if (answer.act === 'resend') {
        const wait = pauseAfter(sent, now);
        if (wait > 0) return { ok: false, reason: 'refused', detail: 'too-soon', wait };
        return { ok: 'more', ...(await send(place, sent.number)) };
      }
      return objectionTo(answer.code, sent, now) ?? { ok: true, secret: { number: sent.number }, amr: ['sms'] };
    },
  };
}

function read(state: unknown): SettingUp {
  return readStored('state of setting up sms', settingUp, state);
}
