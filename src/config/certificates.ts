import { X509Certificate } from 'node:crypto';
import { text } from './kinds.ts';

const EXPECTED = 'certificates in PEM, from -----BEGIN CERTIFICATE----- on';

/**
 * Certificates in PEM (RFC 7468, section 5), one or more; what stands between them explains them.
 * Node passes over what it cannot read, and then trusts nobody.
 */
export function certificates() {
  return text(EXPECTED, 100_000).refine((pem) => areCertificates(pem), EXPECTED);
}

function areCertificates(pem: string): boolean {
  const blocks = pem.match(/-----BEGIN [^-]+-----[^-]*-----END [^-]+-----/g) ?? [];
  try {
    return blocks.map((block) => new X509Certificate(block)).length > 0;
  } catch {
    return false;
  }
}
