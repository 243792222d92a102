import type { AttestationStatement } from '@simplewebauthn/server/helpers';
import { expect } from 'chai';
import { objectionToModel } from '../../../src/factors/webauthn/attestation.ts';
import { type Metadata, readMetadata } from '../../../src/factors/webauthn/metadata.ts';
import { type Certified, certify, derSignature } from '../../support/webauthn/certificates.ts';
import { metadataBlob, newPublisher, type Publisher } from '../../support/webauthn/metadata-blob.ts';
import { type Oddity, SoftKey } from '../../support/webauthn/soft-key.ts';
import { type Circumstances, ceremoniesWhere, here } from './registered.ts';

const model = '11111111-2222-3333-4444-555555555555';
const lostModel = '99999999-2222-3333-4444-555555555555';
const NOW = Date.UTC(2026, 0, 1);
const subject = 'C=NL, O=Keys BV, OU=Authenticator Attestation, CN=Key';

/** A packed attestation (Web Authentication Level 3, section 8.2) with these certificates. */
const packed =
  (signer: Certified, chain: readonly Certified[]): NonNullable<Oddity['attest']> =>
  (signed) => ({
    fmt: 'packed',
    attStmt: new Map<string, unknown>([
      ['alg', -7],
      ['sig', Uint8Array.from(derSignature(signer, signed))],
      ['x5c', chain.map(({ der }) => Uint8Array.from(der))],
    ]),
  });

describe('a list of authenticators', () => {
  let publisher: Publisher;
  let maker: Certified;
  let leaf: Certified;
  let metadata: Metadata;
  before(async () => {
    publisher = await newPublisher();
    maker = await certify('C=NL, O=Keys BV, CN=Root of keys', { ca: true });
    leaf = await certify(subject, { issuer: maker });
    const blob = await metadataBlob(publisher, [
      { aaguid: model, description: 'Keys BV Key 3', roots: [maker] },
      { aaguid: lostModel, description: 'Keys BV Key 2', roots: [maker], status: 'ATTESTATION_KEY_COMPROMISE' },
    ]);
    metadata = await readMetadata(blob, { root: publisher.root.certificate.toString('pem'), now: NOW });
  });

  async function attempt(oddity: Oddity, circumstances: Circumstances = {}) {
    const ceremonies = ceremoniesWhere({
      metadata,
      organization: { authenticators: [model, lostModel] },
      ...circumstances,
    });
    const { remember, show } = await ceremonies.beginRegistering();
    const { challenge, attestation } = (show as { options: { challenge: string; attestation: string } }).options;
    return {
      attestation,
      verdict: await ceremonies.register(remember, new SoftKey().register({ ...here, challenge }, oddity)),
    };
  }
  const refused = (detail: string) => ({ ok: false, reason: 'refused', detail });

  it('believes certificates only where the statement is signed with them', () => {
    const statement = new Map([['x5c', [Uint8Array.from(leaf.der)]]]) as unknown as AttestationStatement;
    const allowed = { models: [model], metadata, now: NOW };
    expect(objectionToModel({ model, format: 'packed', statement }, allowed)).to.equal(undefined);
    // Its certificates are in a token of its own.
    expect(objectionToModel({ model, format: 'android-safetynet', statement }, allowed)).to.equal('attestation');
  });

  it('asks for an attestation and takes one that leads to a root of its maker', async () => {
    const { attestation, verdict } = await attempt({ aaguid: model, attest: packed(leaf, [leaf]) });
    expect(attestation).to.equal('direct');
    expect(verdict).to.deep.include({ ok: 'more', show: { asked: 'name', number: 1, proposed: 'Keys BV Key 3' } });
  });

  it('takes one with certificates in between', async () => {
    const between = await certify('C=NL, O=Keys BV, CN=Batch 7', { issuer: maker, ca: true });
    const end = await certify(subject, { issuer: between });
    for (const chain of [
      [end, between],
      [end, between, maker],
    ]) {
      expect((await attempt({ aaguid: model, attest: packed(end, chain) })).verdict).to.include({ ok: 'more' });
    }
    expect((await attempt({ aaguid: model, attest: packed(end, [end]) })).verdict).to.deep.equal(
      refused('attestation'),
    );
  });

  it('refuses a model that is not on it, says nothing, or has lost its trust', async () => {
    const attest = packed(leaf, [leaf]);
    const other = await attempt({ aaguid: '22222222-2222-3333-4444-555555555555', attest });
    expect(other.verdict).to.deep.equal(refused('authenticator'));
    expect((await attempt({ attest })).verdict).to.deep.equal(refused('authenticator'));
    expect((await attempt({ aaguid: lostModel, attest })).verdict).to.deep.equal(refused('authenticator'));
  });

  it('refuses whom nobody vouches for', async () => {
    const stranger = await certify(subject);
    const expired = await certify(subject, { issuer: maker, until: new Date('2025-06-01') });
    const noCa = await certify('C=NL, O=Keys BV, CN=No authority', { issuer: maker });
    const end = await certify(subject, { issuer: noCa });
    for (const [signer, chain] of [
      [stranger, [stranger]],
      [stranger, [stranger, maker]],
      [expired, [expired]],
      [end, [end, noCa]],
      [leaf, []],
    ] as const) {
      const { verdict } = await attempt({ aaguid: model, attest: packed(signer, chain) });
      expect(verdict).to.deep.equal(refused('attestation'));
    }
    expect((await attempt({ aaguid: model })).verdict, 'no attestation at all').to.deep.equal(refused('attestation'));
    const forged = await attempt({ aaguid: model, attest: packed(stranger, [leaf]) });
    expect(forged.verdict, 'signed with another key').to.deep.equal(refused('attestation'));
  });

  it('refuses everything without metadata, and is that of the deployment for who has no organization', async () => {
    const oddity = { aaguid: model, attest: packed(leaf, [leaf]) };
    const { verdict } = await attempt(oddity, { metadata: undefined });
    expect(verdict).to.deep.equal(refused('authenticator'));
    const alone: Circumstances = { authenticators: [lostModel], alone: true };
    expect((await attempt(oddity, alone)).verdict).to.deep.equal(refused('authenticator'));
    expect((await attempt(oddity, { ...alone, authenticators: [model] })).verdict).to.include({ ok: 'more' });
  });
});

describe('metadata of authenticators', () => {
  const read = (blob: string, { root }: Publisher, now = NOW) =>
    readMetadata(blob, { root: root.certificate.toString('pem'), now }).then(
      () => 'read',
      (error: Error) => error.message,
    );

  it('is refused when signature or certificates do not lead to the root', async () => {
    const [publisher, other] = [await newPublisher(), await newPublisher()];
    const blob = await metadataBlob(publisher, []);
    expect(await read(blob, publisher)).to.equal('read');
    expect(await read(`${blob}\n`, publisher), 'as a file ends').to.equal('read');
    expect(await read(blob, other)).to.match(/no root/);
    const [head, , signature] = blob.split('.');
    const forged = Buffer.from('{"entries":[],"nextUpdate":"2049-01-01"}').toString('base64url');
    expect(await read(`${head}.${forged}.${signature}`, publisher)).to.match(/signature/);
    expect(await read(blob, publisher, Date.UTC(2055, 0, 1)), 'certificates that have expired').to.match(/no root/);
    expect(await read('text', publisher)).not.to.equal('read');
    const mixed: Publisher = { root: publisher.root, signer: { ...publisher.signer, keys: other.signer.keys } };
    expect(await read(await metadataBlob(mixed, []), publisher)).to.match(/signature/);
  });

  it('is by default that of the FIDO Alliance, and of nobody else', async () => {
    const publisher = await newPublisher();
    const blob = await metadataBlob(publisher, []);
    const message = await readMetadata(blob, { now: NOW }).catch((error: Error) => error.message);
    expect(message).to.match(/no root/);
  });
});
