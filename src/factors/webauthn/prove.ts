import { z } from 'zod';
import type { Authenticating, Ceremony, Rejected, Verdict } from '../../domain/factor.ts';
import { readStored } from '../read-stored.ts';
import { verifiedAssertion } from './assertion.ts';
import { amrOf, credentialsOf, descriptorOf, type Held, rejected } from './credentials-of.ts';
import type { Kind, WebAuthnNeeds } from './kind.ts';
import { library } from './library.ts';
import { type Assertion, readAssertion } from './response.ts';

const challenged = z.strictObject({ challenge: z.string() });

/** The challenge of a login. @throws Error when it is anything else */
export function readChallenge(state: unknown): string {
  return readStored('challenge of a key', challenged, state).challenge;
}

/**
 * Asks for one of the keys that somebody has. The page gets `options` (PublicKeyCredentialRequestOptionsJSON) and the `keys`,
 * each with its name, where it has one, and its last use.
 */
export function prove(kind: Kind, { settings }: WebAuthnNeeds): Ceremony<Authenticating<unknown>, unknown, unknown> {
  const { party } = settings.webauthn;
  return {
    once: true,
    lifetime: kind.lifetime,

    async start({ enrolments }) {
      const { generateAuthenticationOptions } = await library();
      const held = credentialsOf(enrolments, [kind.name]);
      const [appid] = held.flatMap(({ credential }) => credential.appId ?? []);
      const options = await generateAuthenticationOptions({
        rpID: party.id,
        timeout: kind.lifetime,
        userVerification: kind.passkey ? 'required' : 'discouraged',
        allowCredentials: held.map(descriptorOf),
        ...(appid !== undefined && { extensions: { appid } }),
      });
      const keys = held.map(({ credential: { name }, enrolment: { lastUsedAt } }) => ({ name, lastUsedAt }));
      return { remember: { challenge: options.challenge }, show: { options, keys } };
    },

    async finish({ enrolments }, state, answer) {
      const challenge = readChallenge(state);
      const read = readAssertion(answer.response);
      if ('objection' in read) return rejected(read.objection);
      const named = credentialsOf(enrolments, [kind.name]).find(({ credential }) => credential.id === read.found.id);
      if (named === undefined) return rejected('unknown-credential');
      return judged(read.found, named, { party, challenge, verification: kind.passkey });
    },
  };
}

/** What an answer by this credential is worth. */
export async function judged(
  answer: Assertion,
  { credential, enrolment }: Held,
  expected: Parameters<typeof verifiedAssertion>[2],
): Promise<Extract<Verdict<unknown, unknown>, { ok: true }> | Rejected> {
  const checked = await verifiedAssertion(answer, credential, expected);
  if ('found' in checked) {
    const amr = amrOf(credential, expected.verification);
    return { ok: true, secret: checked.found, amr, enrolment: enrolment.id };
  }
  const { objection } = checked;
  return {
    ...rejected(objection),
    ...(objection === 'counter' && { copied: { account: enrolment.account, enrolment: enrolment.id } }),
  };
}
