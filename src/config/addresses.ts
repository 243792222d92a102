import ipaddr from 'ipaddr.js';

/** An IP address, or a range of them as RFC 4632 and RFC 4291 write it: `10.0.0.0/8`, `fd00::/8`. */
export function isAddressRange(value: string): boolean {
  return ipaddr.isValidCIDR(value) || isAddress(value);
}

/** A host name of RFC 1123 or an IP address; no port. */
export function isHost(value: string): boolean {
  return isAddress(value) || /^(?=.{1,253}$)[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i.test(value);
}

/**
 * An issuer identifier (OpenID Connect Discovery 1.0, section 3) in the one spelling that relying parties compare:
 * https, or http where the host is this machine itself; no query, no fragment, no slash at the end.
 */
export function isIssuer(value: string): boolean {
  const url = parse(value);
  if (url === undefined || (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url)))) return false;
  return value === url.origin + url.pathname.replace(/\/$/, '');
}

/** A URL of one of these schemes (`https`, `redis`), without the colon. */
export function hasScheme(value: string, schemes: readonly string[]): boolean {
  const url = parse(value);
  return url !== undefined && schemes.includes(url.protocol.slice(0, -1));
}

/** Whether a URL names the machine it is used on (RFC 8252, section 7.3, and RFC 6761, section 6.3). */
export function isLoopback({ hostname }: Pick<URL, 'hostname'>): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

function parse(value: string): URL | undefined {
  return URL.canParse(value) ? new URL(value) : undefined;
}

// ipaddr.js also reads "10.1" and "0x7f000001"; nobody means those.
function isAddress(value: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(value) || ipaddr.IPv6.isValid(value);
}
