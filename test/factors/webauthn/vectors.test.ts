import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { attestedIn } from '../../../src/factors/webauthn/attested.ts';
import { enrolmentOf } from '../subjects.ts';
import { ceremoniesWhere } from './registered.ts';

interface Vector {
  readonly name: string;
  readonly registration: Readonly<
    Record<'challenge' | 'credential_id' | 'clientDataJSON' | 'attestationObject', string>
  >;
  readonly authentication: Readonly<Record<'challenge' | 'authenticatorData' | 'clientDataJSON' | 'signature', string>>;
}

const file = fileURLToPath(import.meta.resolve('#root/test/factors/webauthn/level-3-vectors.json'));
const { vectors }: { vectors: readonly Vector[] } = JSON.parse(readFileSync(file, 'utf8'));

/** The registrations that are refused: code, reason, and the code for the sign-in with such a key, which has no attestation to object to. */
const refused: Readonly<Record<string, readonly [code: string, reason: string, signIn?: string]>> = {
  'ES256 Credential with "crossOrigin": true in clientDataJSON': ['framed', 'no page of ours is in a frame', 'framed'],
  'ES256 Credential with "topOrigin" in clientDataJSON': ['framed', 'no page of ours is in a frame', 'framed'],
  'Packed Attestation with Ed448 Credential': ['algorithm', 'the library knows no Ed448', 'signature'],
  'TPM Attestation with ES256 Credential': ['attestation', 'its TPM is of the manufacturer id:00000000'],
  'Android Key Attestation with ES256 Credential': ['attestation', 'its certificates do not lead to a root of Google'],
  'Apple Anonymous Attestation with ES256 Credential': ['attestation', 'its certificates do not lead to that of Apple'],
  'FIDO U2F Attestation with ES256 Credential': ['attestation', 'the library wants zeros for the AAGUID of U2F'],
};

async function register({ registration }: Vector) {
  const { credential_id: id, challenge, clientDataJSON, attestationObject } = registration;
  const answer = {
    id,
    rawId: id,
    type: 'public-key',
    response: { clientDataJSON, attestationObject, transports: [] },
    clientExtensionResults: {},
  };
  const ceremonies = ceremoniesWhere();
  const named = await ceremonies.register({ asked: 'key', challenge, user: 'dXNlcg' }, answer);
  return named.ok === 'more' ? ceremonies.name(named.remember, '') : named;
}

function prove({ registration, authentication }: Vector, secret: unknown) {
  const { challenge, ...response } = authentication;
  const id = registration.credential_id;
  const ceremonies = ceremoniesWhere({ held: [enrolmentOf('security-key', secret)] });
  return ceremonies.prove({ challenge }, { id, rawId: id, type: 'public-key', response, clientExtensionResults: {} });
}

/** What would be stored, had its registration been accepted. */
async function unattested({ registration }: Vector) {
  const { id, publicKey, counter, flags } = (await attestedIn(registration.attestationObject)) ?? expect.fail();
  return { id, publicKey, counter, transports: [], synced: flags.be };
}

describe('the test vectors of Web Authentication Level 3', () => {
  it('are 15, and those that are refused are among them', () => {
    expect(vectors).to.have.length(15);
    expect(vectors.map(({ name }) => name)).to.include.members(Object.keys(refused));
  });

  for (const vector of vectors) {
    const [code, reason, signIn] = refused[vector.name] ?? [];
    if (code === undefined) {
      it(`${vector.name}: registers and signs in`, async () => {
        const registered = await register(vector);
        expect(registered).to.include({ ok: true });
        const { secret } = registered as { secret: unknown };
        expect(await prove(vector, secret)).to.include({ ok: true, enrolment: 'e-1' });
      });
      continue;
    }
    it(`${vector.name}: is not registered, for ${reason}`, async () => {
      expect(await register(vector)).to.deep.equal({ ok: false, reason: 'refused', detail: code });
    });
    it(`${vector.name}: ${signIn === undefined ? 'signs in' : 'does not sign in'}`, async () => {
      const verdict = await prove(vector, await unattested(vector));
      expect(verdict).to.include(signIn === undefined ? { ok: true } : { reason: 'refused', detail: signIn });
    });
  }
});
