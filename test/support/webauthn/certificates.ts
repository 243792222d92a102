// Brings along the polyfill that @peculiar/x509 needs and does not load itself.
import '@simplewebauthn/server';
import { createSign, KeyObject, webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A certificate and its key. */
export interface Certified {
  readonly certificate: X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
  /** As x5c has it. */
  readonly der: Buffer;
}

export interface CertificateOptions {
  /** By default it signs itself. */
  readonly issuer?: Certified;
  readonly ca?: boolean;
  /** DNS name. */
  readonly host?: string;
  readonly until?: Date;
}

/** Issues a certificate, valid from 2020 to 2049 unless said otherwise. */
export async function certify(subject: string, options: CertificateOptions = {}): Promise<Certified> {
  const { issuer, ca = false, host, until = new Date('2049-12-31') } = options;
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.create({
    serialNumber: '01',
    subject,
    issuer: issuer?.certificate.subject ?? subject,
    notBefore: new Date('2020-01-01'),
    notAfter: until,
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: (issuer?.keys ?? keys).privateKey,
    extensions: [
      new BasicConstraintsExtension(ca, undefined, true),
      ...(host === undefined ? [] : [new SubjectAlternativeNameExtension([{ type: 'dns', value: host }])]),
    ],
  });
  return { certificate, keys, der: Buffer.from(certificate.rawData) };
}

/** Certificate and key as servers read them. */
export function pemOf({ certificate, keys }: Certified): { cert: string; key: string } {
  const key = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString();
  return { cert: certificate.toString('pem'), key };
}

/** Signs as authenticators do: ECDSA with SHA-256, DER. */
export function derSignature({ keys }: Certified, data: Buffer): Buffer {
  return createSign('sha256').update(data).sign(KeyObject.from(keys.privateKey));
}
