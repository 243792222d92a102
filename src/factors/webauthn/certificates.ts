import { X509Certificate } from 'node:crypto';

/** No authenticator has a longer chain. */
const MOST = 6;

/**
 * Whether a chain of certificates leads to one of the roots: each is valid now and issued by the next one, the last by a root
 * or a root itself (RFC 5280, section 6, without revocation: that of authenticators is in their metadata).
 *
 * @param chain the end entity's first; those in between follow
 * @param now milliseconds since the Unix epoch
 */
export function leadsTo(roots: readonly X509Certificate[], chain: readonly X509Certificate[], now: number): boolean {
  const last = chain.at(-1);
  if (last === undefined || chain.length > MOST || !chain.every((one) => isValid(one, now))) return false;
  const linked = chain.every((one, index) => {
    const issuer = chain[index + 1];
    return issuer === undefined || (issuer.ca && isIssuedBy(one, issuer));
  });
  return linked && roots.some((root) => root.raw.equals(last.raw) || (isValid(root, now) && isIssuedBy(last, root)));
}

/** Certificates as DER or PEM; undefined when one of them is not one. */
export function readCertificates(given: readonly (Uint8Array | string)[]): readonly X509Certificate[] | undefined {
  try {
    return given.map((one) => new X509Certificate(one));
  } catch {
    return undefined;
  }
}

function isValid({ validFrom, validTo }: X509Certificate, now: number): boolean {
  return Date.parse(validFrom) <= now && now <= Date.parse(validTo);
}

function isIssuedBy(one: X509Certificate, issuer: X509Certificate): boolean {
  return one.checkIssued(issuer) && one.verify(issuer.publicKey);
}
