import { SignJWT } from 'jose';
import { type Certified, certify } from './certificates.ts';

/** A publisher of metadata with a root of its own. */
export interface Publisher {
  readonly root: Certified;
  readonly signer: Certified;
}

export async function newPublisher(host = 'metadata.example.org'): Promise<Publisher> {
  const root = await certify('CN=Root of metadata', { ca: true });
  return { root, signer: await certify(`CN=${host}`, { issuer: root, host }) };
}

export interface Statement {
  readonly aaguid: string;
  readonly description: string;
  readonly roots: readonly Certified[];
  readonly status?: string;
}

/** A metadata BLOB (FIDO Metadata Service 3.1) that makes these statements. */
export function metadataBlob(
  { signer }: Publisher,
  statements: readonly Statement[],
  nextUpdate = '2049-01-01',
): Promise<string> {
  return new SignJWT({
    no: 1,
    nextUpdate,
    entries: statements.map(({ aaguid, description, roots, status = 'FIDO_CERTIFIED' }) => ({
      aaguid,
      statusReports: [{ status }],
      timeOfLastStatusChange: '2024-01-01',
      metadataStatement: {
        description,
        attestationRootCertificates: roots.map(({ der }) => der.toString('base64')),
      },
    })),
  })
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT', x5c: [signer.der.toString('base64')] })
    .sign(signer.keys.privateKey);
}
