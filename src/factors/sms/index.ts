import type { Factor } from '../../domain/factor.ts';
import type { FactorNeeds } from '../needs.ts';
import { authentication } from './authentication.ts';
import { enrolment } from './enrolment.ts';
import type { MessageNeeds } from './message.ts';
import { readNumber } from './number.ts';
import { readSecret, type SmsSecret, smsSecret } from './secret.ts';
import { masked } from './written.ts';

export type SmsNeeds = Pick<FactorNeeds, 'clock'> & MessageNeeds;

/**
 * Codes by text message (out-of-band over the telephone network, NIST SP 800-63B-4, section 3.1.3: restricted).
 * There is no lifetime for the flow to watch: a challenge that ended would be started anew by a reload, and send.
 */
export function sms(needs: SmsNeeds): Factor<SmsSecret> {
  return {
    name: 'sms',
    role: 'second',
    phishingResistant: false,
    guessable: true,
    enrolment: enrolment(needs),
    authentication: authentication(needs),
    imported: (given) => smsSecret.safeParse(given).data,
    reachedAt: (number) => smsSecret.parse({ number }),
    readNumber: (typed, country) => readNumber({ typed, country, countries: needs.settings.countries }),
    lookup: (secret) => readSecret(secret).number,
    describe: (secret) => masked(readSecret(secret).number),
  };
}
