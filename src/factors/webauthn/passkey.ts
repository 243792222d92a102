import type { Account } from '../../domain/account.ts';
import type { Ceremony, Factor } from '../../domain/factor.ts';
import type { FactorNeeds } from '../needs.ts';
import { readCredential } from './credential.ts';
import { credentialsOf, type Held, PASSKEY, rejected } from './credentials-of.ts';
import { type Kind, LIFETIME, type WebAuthnNeeds } from './kind.ts';
import { library } from './library.ts';
import { naming } from './naming.ts';
import { judged, prove, readChallenge } from './prove.ts';
import { register } from './register.ts';
import { type Assertion, readAssertion } from './response.ts';

const kind: Kind = { name: PASSKEY, passkey: true, excludes: [PASSKEY], lifetime: LIFETIME };

type PasskeyNeeds = WebAuthnNeeds & Pick<FactorNeeds, 'accounts'>;

/** A credential that says whose it is and makes sure who is there: it can stand in the place of the password, too. */
export function passkey(needs: PasskeyNeeds): Factor {
  return {
    name: PASSKEY,
    role: 'second',
    phishingResistant: true,
    guessable: false,
    identifies: true,
    several: true,
    naming,
    lookup: (secret) => readCredential(secret).id,
    identification: identification(needs),
    enrolment: register(kind, needs),
    authentication: prove(kind, needs),
  };
}

/** Who answers is found by the credential, and must be whom the authenticator says it made it for. */
function identification(needs: PasskeyNeeds): Ceremony<undefined, unknown, unknown> {
  const { accounts, settings } = needs;
  const { party } = settings.webauthn;
  return {
    once: true,
    lifetime: kind.lifetime,

    async start() {
      const { generateAuthenticationOptions } = await library();
      const options = await generateAuthenticationOptions({
        rpID: party.id,
        timeout: kind.lifetime,
        userVerification: 'required',
      });
      // The name is where browsers list passkeys (Web Authentication Level 3, section 5.1.4.1, `webauthn` of HTML's autofill).
      return { remember: { challenge: options.challenge }, show: { options, autocomplete: 'webauthn' } };
    },

    async finish(_subject, state, answer) {
      const challenge = readChallenge(state);
      const read = readAssertion(answer.response);
      if ('objection' in read) return rejected(read.objection);
      const named = await holderOf(read.found, needs);
      if (named === undefined) return rejected('unknown-credential');

      const verdict = await judged(read.found, named, { party, challenge, verification: true });
      if (verdict.ok !== true) return verdict;
      const account: Account | undefined = await accounts.byId(named.enrolment.account);
      if (account === undefined || account.disabled) return rejected('unknown-credential');
      return { ...verdict, account };
    },
  };
}

/** The stored passkey that an answer names by credential ID and user handle together. */
async function holderOf({ id, response }: Assertion, { enrolments }: PasskeyNeeds): Promise<Held | undefined> {
  for (const account of await enrolments.holdersOf(id)) {
    const set = await enrolments.of(account);
    const usable = set.enrolments.filter(({ switchedOffAt }) => switchedOffAt === undefined);
    const named = credentialsOf(usable, [PASSKEY]).find(({ credential }) => credential.id === id);
    if (named !== undefined && named.credential.user === response.userHandle) return named;
  }
  return undefined;
}
