import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Account } from '../../domain/account.ts';
import type { Ceremony, Enrolling, Form, Verdict } from '../../domain/factor.ts';
import { readStored } from '../read-stored.ts';
import type { AllowList } from './attestation.ts';
import { bytes } from './attested.ts';
import { type Credential, readCredential } from './credential.ts';
import { amrOf, credentialsOf, descriptorOf, type Held, rejected } from './credentials-of.ts';
import type { Kind, WebAuthnNeeds } from './kind.ts';
import { library } from './library.ts';
import { nameOfModel } from './models.ts';
import { cleanName } from './name.ts';
import { algorithms, verifiedRegistration } from './registration.ts';

const asked = z.discriminatedUnion('asked', [
  z.strictObject({ asked: z.literal('key'), challenge: z.string(), user: z.string() }),
  z.strictObject({ asked: z.literal('name'), credential: z.unknown() }),
]);

/**
 * Registers a credential: first the key itself, then, where people have several, what to call it.
 * What the page shows is `asked`, and with it `options` (PublicKeyCredentialCreationOptionsJSON) or the `proposed` name.
 */
export function register(kind: Kind, needs: WebAuthnNeeds): Ceremony<Enrolling<unknown>, unknown, unknown> {
  const { settings, enrolments } = needs;

  /** A new credential, checked, or why there is none. */
  async function answered(account: Account, state: { challenge: string; user: string }, { response }: Form) {
    const checked = await verifiedRegistration(response, {
      party: settings.webauthn.party,
      challenge: state.challenge,
      user: state.user,
      verification: kind.passkey,
      discoverable: kind.passkey,
      allowed: await allowListFor(account, needs),
    });
    if ('objection' in checked) return checked;
    const holders = await enrolments.holdersOf(checked.found.id);
    return holders.length > 0 ? { objection: 'registered' as const } : checked;
  }

  function named(credential: Credential, typed = ''): Verdict<unknown, unknown> {
    const name = cleanName(typed) || proposedFor(credential, needs);
    const secret = { ...credential, ...(name !== undefined && { name }) };
    return { ok: true, secret, amr: amrOf(credential, kind.passkey) };
  }

  return {
    once: true,
    lifetime: kind.lifetime,

    async start({ account }) {
      const held = credentialsOf((await enrolments.of(account.id)).enrolments);
      const user = held.find(({ credential }) => credential.user !== undefined)?.credential.user ?? newHandle();
      const options = await creationOptions(kind, { account, user, held, needs });
      return {
        remember: { asked: 'key', challenge: options.challenge, user },
        show: { asked: 'key', options, number: held.length + 1 },
      };
    },

    async finish({ account }, state, answer) {
      const question = readStored('state of registering a key', asked, state);
      if (question.asked === 'name') return named(readCredential(question.credential), answer.name);
      const checked = await answered(account, question, answer);
      if ('objection' in checked) return rejected(checked.objection);
      const credential = checked.found;
      if (kind.passkey) return named(credential);
      const proposed = proposedFor(credential, needs);
      const number = credentialsOf((await enrolments.of(account.id)).enrolments).length + 1;
      return { ok: 'more', remember: { asked: 'name', credential }, show: { asked: 'name', number, proposed } };
    },
  };
}

interface Creation {
  readonly account: Account;
  readonly user: string;
  readonly held: readonly Held[];
  readonly needs: WebAuthnNeeds;
}

async function creationOptions(kind: Kind, { account, user, held, needs }: Creation) {
  const { generateRegistrationOptions } = await library();
  const { party } = needs.settings.webauthn;
  const [appId] = held.flatMap(({ credential }) => credential.appId ?? []);
  const limited = (await allowListFor(account, needs)) !== undefined;
  const options = await generateRegistrationOptions({
    rpName: party.name,
    rpID: party.id,
    userID: bytes(user),
    userName: account.username,
    userDisplayName: account.profile.name ?? account.username,
    timeout: kind.lifetime,
    attestationType: limited ? 'direct' : 'none',
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: held.filter(({ enrolment }) => kind.excludes.includes(enrolment.factor)).map(descriptorOf),
    ...(kind.passkey
      ? { authenticatorSelection: { residentKey: 'required', userVerification: 'required' } }
      : {
          authenticatorSelection: { residentKey: 'discouraged', userVerification: 'discouraged' },
          preferredAuthenticatorType: 'securityKey',
        }),
  });
  // A key that an older system registered with U2F is not to be registered a second time (section 10.1.2).
  return appId === undefined ? options : { ...options, extensions: { ...options.extensions, appidExclude: appId } };
}

/** The organization's list, or that of the deployment for accounts without one. */
async function allowListFor(
  { organization }: Account,
  { organizations, clock, metadata, settings }: WebAuthnNeeds,
): Promise<AllowList | undefined> {
  const own = organization === undefined ? undefined : await organizations.byId(organization);
  const models = (own ?? settings.webauthn).authenticators;
  return models && { models, metadata, now: clock.now() };
}

function proposedFor({ model }: Credential, { metadata }: WebAuthnNeeds): string | undefined {
  if (model === undefined) return undefined;
  const name = nameOfModel(model) ?? cleanName(metadata?.models.get(model)?.name ?? '');
  return name === '' ? undefined : name;
}

/** Names the account to authenticators; tells nothing about it (section 14.6.1). */
function newHandle(): string {
  return randomBytes(32).toString('base64url');
}
