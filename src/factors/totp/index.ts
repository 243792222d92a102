import { generateSecret, generateURI } from 'otplib';
import { z } from 'zod';
import type { Factor } from '../../domain/factor.ts';
import type { FactorNeeds } from '../needs.ts';
import { readStored } from '../read-stored.ts';
import { typedCode } from '../typed-code.ts';
import { matchingStep } from './matching-step.ts';
import { importedTotpSecret, totpSecret } from './secret.ts';

/** While an app is being set up. */
const settingUp = totpSecret.pick({ key: true });

/** What an import must say of an app, whatever else it says. */
const withKey = z.looseObject({ key: z.string() });

/**
 * Codes of an authenticator app (RFC 6238). New ones are of SHA-1, 6 digits and 30 seconds, which every app knows.
 * A code that was used before is `wrong`, and counted: saying that it was right once would help nobody but who overheard it.
 */
export function totp({ clock, settings }: Pick<FactorNeeds, 'clock' | 'settings'>): Factor {
  return {
    name: 'totp',
    role: 'second',
    phishingResistant: false,
    guessable: true,

    imported(given) {
      const { data } = withKey.safeParse(given);
      return data && importedTotpSecret(data);
    },

    enrolment: {
      /** Shows `uri` (for the QR code and for a link on the phone itself) and `key` in groups of four. */
      async start({ account }) {
        const key = generateSecret({ length: 20 });
        // In a label the colon ends the issuer.
        const issuer = settings.issuerName.replaceAll(':', ' ');
        const uri = generateURI({ issuer, label: account.username, secret: key });
        return { remember: { key }, show: { uri, key: key.replace(/.{4}(?=.)/g, '$& '), digits: 6 } };
      },

      async finish(_subject, state, answer) {
        const { key } = readStored('state of setting up totp', settingUp, state);
        const secret = totpSecret.parse({ key });
        const code = typedCode(answer.code);
        if (!isCode(code, secret.digits)) return { ok: false, reason: 'malformed', field: 'code' };

        const step = matchingStep(secret, code, clock.now());
        if (step === undefined) return { ok: false, reason: 'wrong' };
        return { ok: true, secret: { ...secret, lastStep: step }, amr: ['otp'] };
      },
    },

    authentication: {
      stateless: true,

      /** Shows `digits`: how long the codes are. */
      async start({ enrolments }) {
        const digits = enrolments.map(({ secret }) => readStored('totp secret', totpSecret, secret).digits);
        return { remember: undefined, show: { digits: Math.max(6, ...digits) } };
      },

      async finish({ enrolments }, _state, answer) {
        const code = typedCode(answer.code);
        const candidates = enrolments
          .map(({ id, secret }) => ({ id, secret: readStored('totp secret', totpSecret, secret) }))
          .filter(({ secret }) => isCode(code, secret.digits));
        if (candidates.length === 0) return { ok: false, reason: 'malformed', field: 'code' };

        const now = clock.now();
        for (const { id, secret } of candidates) {
          const step = matchingStep(secret, code, now);
          if (step !== undefined)
            return { ok: true, secret: { ...secret, lastStep: step }, amr: ['otp'], enrolment: id };
        }
        return { ok: false, reason: 'wrong' };
      },
    },
  };
}

function isCode(code: string, digits: number): boolean {
  return code.length === digits && /^\d+$/.test(code);
}
