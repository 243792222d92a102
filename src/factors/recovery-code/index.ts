import { randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Factor } from '../../domain/factor.ts';
import type { FactorNeeds } from '../needs.ts';
import { readStored } from '../read-stored.ts';
import { codeFormats, grouped, newCodes, readCode } from './format.ts';

/** What is stored: one salt for the whole set, so that one slow hash compares a code with all of them. */
const codeSet = z.strictObject({
  format: z.enum(codeFormats),
  /** Base64url. */
  salt: z.string().regex(/^[\w-]{22,}$/),
  /** Of the codes not used yet; `Hasher.derive`. */
  hashes: z.array(z.string().regex(/^[\w-]{43}$/)),
});

/** While the codes are on screen. */
const shown = z.strictObject({ format: z.enum(codeFormats), codes: z.array(z.string()) });

/** Codes on paper, each of which works once (look-up secrets of NIST SP 800-63B-4, section 3.1.2). */
export function recoveryCode({ hasher, settings }: Pick<FactorNeeds, 'hasher' | 'settings'>): Factor {
  const { recoveryCodes: format } = settings;

  return {
    name: 'recovery-code',
    role: 'recovery',
    phishingResistant: false,
    guessable: true,

    enrolment: {
      /** Shows `codes`, in groups, and their `format`. */
      async start() {
        const codes = newCodes(format);
        return { remember: { format, codes }, show: { format, codes: codes.map((code) => grouped(code, format)) } };
      },

      /** The form must say that the codes were `kept`. That proves nothing, so there is no `amr`. */
      async finish(_subject, state, answer) {
        const { format, codes } = readStored('state of new recovery codes', shown, state);
        if ((answer.kept ?? '') === '') return { ok: false, reason: 'malformed', field: 'kept' };

        const salt = randomBytes(16).toString('base64url');
        const hashes: string[] = [];
        // One after the other: a set of codes must not fill the queue of those who sign in.
        for (const code of codes) hashes.push(await hasher.derive(code, salt));
        return { ok: true, secret: { format, salt, hashes }, amr: [] };
      },
    },

    authentication: {
      stateless: true,

      /** Shows the `format` of the codes that the person has. */
      async start({ enrolments: [first] }) {
        return { remember: undefined, show: { format: first === undefined ? format : read(first.secret).format } };
      },

      async finish({ enrolments }, _state, answer) {
        const candidates = enrolments.flatMap(({ id, secret }) => {
          const set = read(secret);
          const code = readCode(answer.code, set.format);
          return code === undefined ? [] : [{ id, set, code }];
        });
        if (candidates.length === 0) return { ok: false, reason: 'malformed', field: 'code' };

        for (const { id, set, code } of candidates) {
          const derived = Buffer.from(await hasher.derive(code, set.salt), 'base64url');
          const hashes = set.hashes.filter((hash) => !timingSafeEqual(Buffer.from(hash, 'base64url'), derived));
          if (hashes.length < set.hashes.length) {
            return { ok: true, secret: { ...set, hashes }, amr: ['otp'], enrolment: id };
          }
        }
        return { ok: false, reason: 'wrong' };
      },
    },

    remaining: (secret) => read(secret).hashes.length,
  };
}

function read(secret: unknown) {
  return readStored('set of recovery codes', codeSet, secret);
}
