import { isIP } from 'node:net';
import type { z } from 'zod';
import { isLoopback } from './addresses.ts';
import type { Fault } from './fault.ts';
import { list, section, textWhich } from './kinds.ts';

/** An AAGUID: which model an authenticator is. Parsed, it is in lower case. */
const aaguid = textWhich('an AAGUID like "2fc0579f-8113-47ea-b116-bb5a8db9202a"', (value) =>
  /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value),
).transform((value) => value.toLowerCase());

/** The only models of security keys and passkeys that may be registered. */
export const authenticators = list(aaguid, 'a list of one AAGUID or more')
  .refine((models) => models.length > 0, 'a list of one AAGUID or more')
  .exactOptional();

/** Security keys and passkeys (Web Authentication Level 3). */
export const webauthn = section({
  /** Origins beside the issuer's own where a ceremony may take place (related origins, section 5.11). */
  origins: list(
    textWhich('an https origin like "https://example.nl" (http on localhost alone), without a path', isOrigin),
  ),
  /** Path of the metadata BLOB of the FIDO Alliance. Without one, no list of authenticators can be kept to. */
  metadata: textWhich('the path of a file', (value) => value.trim() !== '').exactOptional(),
  /** Path of the root certificate (PEM) of a publisher of one's own. */
  metadataRoot: textWhich('the path of a file', (value) => value.trim() !== '').exactOptional(),
});

/** Second factors that rest on it. */
const resting: readonly string[] = ['security-key', 'passkey'];

interface Offer {
  readonly methods: readonly string[];
  readonly issuer: string;
  readonly policy: { readonly authenticators?: readonly string[] };
  readonly webauthn: z.output<typeof webauthn>;
}

/** What does not fit together where `methods` name a factor that rests on WebAuthn. */
export function webauthnFaults({
  methods,
  issuer,
  policy,
  webauthn: { metadata, metadataRoot },
}: Offer): readonly Fault[] {
  if (!methods.some((method) => resting.includes(method))) return [];
  const url = new URL(issuer);
  const isAddress = isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0;
  return [
    // Browsers make credentials for names alone. On this machine itself, one may do without.
    ...(isAddress && !isLoopback(url)
      ? [{ path: 'issuer', expected: 'a host name, because security keys do not work at an IP address' }]
      : []),
    ...(policy.authenticators === undefined || metadata !== undefined
      ? []
      : [{ path: 'webauthn.metadata', expected: 'a file, because policy.authenticators names models' }]),
    ...(metadataRoot === undefined || metadata !== undefined
      ? []
      : [{ path: 'webauthn.metadata', expected: 'a file, because webauthn.metadataRoot says who signs it' }]),
  ];
}

function isOrigin(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url?.origin === value && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)));
}
