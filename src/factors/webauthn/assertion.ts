import { bytes } from './attested.ts';
import { objectionToAuthenticator } from './authenticator-data.ts';
import { objectionToClient } from './client-data.ts';
import type { Checked, Credential, Objection } from './credential.ts';
import { library } from './library.ts';
import type { RelyingParty } from './relying-party.ts';
import type { Assertion } from './response.ts';

/** What a challenge demanded. */
export interface Asserting {
  readonly party: RelyingParty;
  readonly challenge: string;
  /** The authenticator must have made sure who the person is. */
  readonly verification: boolean;
}

/**
 * Checks an answer against the credential that it names (Web Authentication Level 3, section 7.2): our own checks first, so that each
 * fault has its code, then everything by the library, which has the last word.
 * @returns the credential from now on
 */
export async function verifiedAssertion(
  answer: Assertion,
  credential: Credential,
  expected: Asserting,
): Promise<Checked<Credential>> {
  const { party, challenge, verification } = expected;
  const { clientDataJSON, authenticatorData, userHandle } = answer.response;
  const data = await readAuthenticatorData(authenticatorData);
  if (data === undefined) return { objection: 'unreadable' };

  const objection =
    objectionToClient(clientDataJSON, { type: 'webauthn.get', challenge, origins: party.origins }) ??
    objectionToAuthenticator(data, { parties: partiesOf(party, credential), verification }) ??
    objectionToUser(userHandle ?? undefined, credential) ??
    (await objectionOfLibrary(answer, credential, expected)) ??
    objectionToBackup(data.flags.be, credential) ??
    objectionToCounter(data.counter, credential);
  return objection === undefined ? { found: { ...credential, counter: data.counter } } : { objection };
}

/** A credential of U2F answers for the AppID that it was registered with (section 10.1.1); no other one may. */
function partiesOf({ id }: RelyingParty, { appId }: Credential): string[] {
  return appId === undefined ? [id] : [id, appId];
}

async function readAuthenticatorData(encoded: string) {
  const { parseAuthenticatorData } = await library();
  try {
    return parseAuthenticatorData(bytes(encoded));
  } catch {
    return undefined;
  }
}

function objectionToUser(handle: string | undefined, { user }: Credential): Objection | undefined {
  return handle === undefined || handle === user ? undefined : 'user-handle';
}

async function objectionOfLibrary(
  { response, ...answer }: Assertion,
  credential: Credential,
  { party, challenge, verification }: Asserting,
): Promise<Objection | undefined> {
  const { verifyAuthenticationResponse } = await library();
  const { clientDataJSON, authenticatorData, signature } = response;
  try {
    const { verified } = await verifyAuthenticationResponse({
      response: { ...answer, response: { clientDataJSON, authenticatorData, signature }, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: [...party.origins],
      expectedRPID: partiesOf(party, credential),
      requireUserVerification: verification,
      // The library looks at the counter before the signature: anybody could raise the alarm with an answer made up.
      credential: { id: credential.id, publicKey: bytes(credential.publicKey), counter: 0 },
    });
    return verified ? undefined : 'signature';
  } catch {
    // Its errors repeat what came; what they can be about by now is the key or the signature.
    return 'signature';
  }
}

/** Whether a credential can be copied to other devices is settled when it is made, and never changes (section 6.1.3). */
function objectionToBackup(eligible: boolean, { synced }: Credential): Objection | undefined {
  return eligible === synced ? undefined : 'backup';
}

/** A counter that does not go up is that of a copy (section 6.1.1), unless the authenticator never counts. */
function objectionToCounter(counter: number, before: Credential): Objection | undefined {
  return (counter > 0 || before.counter > 0) && counter <= before.counter ? 'counter' : undefined;
}
