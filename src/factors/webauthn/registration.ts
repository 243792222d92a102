import { type AllowList, objectionToModel } from './attestation.ts';
import { attestedIn } from './attested.ts';
import { objectionToAuthenticator } from './authenticator-data.ts';
import { objectionToClient } from './client-data.ts';
import type { Checked, Credential, Objection } from './credential.ts';
import { library } from './library.ts';
import type { RelyingParty } from './relying-party.ts';
import { type Registration, readRegistration } from './response.ts';

/**
 * COSE algorithms (RFC 9053), the most wanted first: ES256, which every key of U2F has, EdDSA, RS256 (Windows Hello), ES384, ES512.
 */
export const algorithms = [-7, -8, -257, -35, -36];

/** What a registration was to be. */
export interface Registering {
  readonly party: RelyingParty;
  readonly challenge: string;
  /** User handle, base64url. */
  readonly user: string;
  /** The authenticator must make sure who the person is. */
  readonly verification: boolean;
  /** It must be found without naming it: a passkey. */
  readonly discoverable: boolean;
  /** Absent where every authenticator will do. */
  readonly allowed?: AllowList | undefined;
}

/**
 * Checks the answer to a registration (Web Authentication Level 3, section 7.1): our own checks first, so that each fault has its code,
 * then everything by the library, which has the last word.
 * @param json as the page posted it
 */
export async function verifiedRegistration(
  json: string | undefined,
  expected: Registering,
): Promise<Checked<Credential>> {
  const read = readRegistration(json);
  if ('objection' in read) return read;
  const { id, response, clientExtensionResults } = read.found;
  const attested = await attestedIn(response.attestationObject);
  if (attested === undefined || attested.id !== id) return { objection: 'unreadable' };

  const { party, challenge, user, verification, discoverable, allowed } = expected;
  const objection =
    objectionToClient(response.clientDataJSON, { type: 'webauthn.create', challenge, origins: party.origins }) ??
    objectionToAuthenticator(attested, { parties: [party.id], verification }) ??
    (algorithms.includes(attested.algorithm) ? undefined : 'algorithm') ??
    (discoverable && clientExtensionResults.credProps?.rk === false ? 'not-discoverable' : undefined) ??
    (await objectionOfLibrary(read.found, expected)) ??
    (allowed && objectionToModel(attested, allowed));
  if (objection !== undefined) return { objection };

  const { publicKey, counter, flags, model } = attested;
  return {
    found: {
      id,
      publicKey,
      counter,
      user,
      transports: response.transports,
      synced: flags.be,
      ...(model !== undefined && { model }),
    },
  };
}

async function objectionOfLibrary(
  response: Registration,
  { party, challenge, verification }: Registering,
): Promise<Objection | undefined> {
  const { verifyRegistrationResponse } = await library();
  try {
    const { verified } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: [...party.origins],
      expectedRPID: party.id,
      requireUserVerification: verification,
      supportedAlgorithmIDs: algorithms,
    });
    return verified ? undefined : 'attestation';
  } catch {
    // Its errors repeat what came; what they can be about by now is the attestation statement.
    return 'attestation';
  }
}
