import type { AttestationStatement, ParsedAuthenticatorData } from '@simplewebauthn/server/helpers';
import { library } from './library.ts';

/** What an attestation object says of a new credential. Not yet verified. */
export interface Attested extends Pick<ParsedAuthenticatorData, 'rpIdHash' | 'flags' | 'counter'> {
  /** Credential ID, base64url. */
  readonly id: string;
  /** COSE_Key, base64url. */
  readonly publicKey: string;
  /** COSE algorithm. */
  readonly algorithm: number;
  /** AAGUID, where the authenticator says which model it is. */
  readonly model?: string;
  /** Identifier of the attestation statement's format. */
  readonly format: string;
  readonly statement: AttestationStatement;
}

/** Of an authenticator that does not say which model it is. */
const UNNAMED = '00000000-0000-0000-0000-000000000000';

/**
 * Reads an attestation object (Web Authentication Level 3, section 6.5).
 * @param encoded base64url
 * @returns undefined when it is none
 */
export async function attestedIn(encoded: string): Promise<Attested | undefined> {
  const { cose, convertAAGUIDToString, decodeAttestationObject, decodeCredentialPublicKey, parseAuthenticatorData } =
    await library();
  try {
    const attestation = decodeAttestationObject(bytes(encoded));
    const { rpIdHash, flags, counter, aaguid, credentialID, credentialPublicKey } = parseAuthenticatorData(
      attestation.get('authData'),
    );
    if (aaguid === undefined || credentialID === undefined || credentialPublicKey === undefined) return undefined;
    const algorithm: unknown = decodeCredentialPublicKey(credentialPublicKey).get(cose.COSEKEYS.alg);
    if (typeof algorithm !== 'number') return undefined;
    const model = convertAAGUIDToString(aaguid);
    return {
      rpIdHash,
      flags,
      counter,
      id: Buffer.from(credentialID).toString('base64url'),
      publicKey: Buffer.from(credentialPublicKey).toString('base64url'),
      algorithm,
      format: attestation.get('fmt'),
      statement: attestation.get('attStmt'),
      ...(model !== UNNAMED && { model }),
    };
  } catch {
    return undefined;
  }
}

/** As the library takes them: in memory of their own. */
export function bytes(encoded: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(encoded, 'base64url'));
}
