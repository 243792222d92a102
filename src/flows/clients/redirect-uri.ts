/**
 * Why nobody may be sent back to an address, one reason for each rule. They are compared as a whole (RFC 9700, section 2.1), so there
 * are no patterns; a native application may have a scheme of its own: a domain name in reverse (RFC 8252, section 7.1).
 */
export const redirectFaults = [
  'redirect-malformed',
  'redirect-relative',
  'redirect-fragment',
  'redirect-wildcard',
  'redirect-scheme',
  'redirect-private-use',
  'redirect-user-info',
  'redirect-insecure',
] as const;
export type RedirectFault = (typeof redirectFaults)[number];

/** Schemes that run something, show something else or never come back. */
const UNSAFE = new Set(
  [
    'about',
    'blob',
    'content',
    'data',
    'file',
    'filesystem',
    'ftp',
    'ftps',
    'intent',
    'javascript',
    'mailto',
    'tel',
  ].concat(['vbscript', 'view-source', 'ws', 'wss']),
);

/** What is wrong with an address that people are sent back to; undefined when nothing is. */
export function redirectFault(uri: string): RedirectFault | undefined {
  const [, scheme] = /^([a-z][a-z0-9+.-]*):/i.exec(uri) ?? [];
  if (scheme === undefined) return 'redirect-relative';
  // Those of RFC 3986, section 2. Browsers read `\` as `/`, and pass over tabs and line ends.
  if (!/^[\w\-.~:/?#[\]@!$&'()*+,;=%]+$/.test(uri) || !URL.canParse(uri)) return 'redirect-malformed';
  const { hostname } = new URL(uri);
  if (uri.includes('#')) return 'redirect-fragment';
  if (uri.includes('*') || hostname.includes('*')) return 'redirect-wildcard';
  return isWeb(scheme) ? webFault(uri) : privateUseFault(uri, scheme.toLowerCase());
}

function isWeb(scheme: string): boolean {
  return /^https?$/i.test(scheme);
}

function webFault(uri: string): RedirectFault | undefined {
  if (!/^https?:\/\/[^/]/i.test(uri)) return 'redirect-malformed';
  const { protocol, hostname } = new URL(uri);
  if (hasUserInfo(uri)) return 'redirect-user-info';
  // The person's own machine alone does without (RFC 8252, section 7.3).
  return protocol === 'http:' && !isLoopback(hostname) ? 'redirect-insecure' : undefined;
}

function privateUseFault(uri: string, scheme: string): RedirectFault | undefined {
  if (UNSAFE.has(scheme)) return 'redirect-scheme';
  if (!/^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+$/.test(scheme)) return 'redirect-private-use';
  if (!uri.slice(scheme.length).startsWith(':/')) return 'redirect-malformed';
  return hasUserInfo(uri) ? 'redirect-user-info' : undefined;
}

function hasUserInfo(uri: string): boolean {
  const { username, password } = new URL(uri);
  return username !== '' || password !== '';
}

/** A scheme of an application's own. */
export function isPrivateUse(uri: string): boolean {
  const [, scheme = ''] = /^([^:]*):/.exec(uri) ?? [];
  return !isWeb(scheme) && redirectFault(uri) === undefined;
}

/** Whether a host is the person's own machine. @param hostname as `URL` tells it */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
