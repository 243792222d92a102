import { z } from 'zod';
import { readStored } from '../read-stored.ts';

export const base64url = (longest: number) =>
  z
    .string()
    .regex(/^[\w-]+$/)
    .max(longest);

/** Ways to reach an authenticator that browsers know (Web Authentication Level 3, section 5.8.4, and the older `cable`). */
export const transports = ['usb', 'nfc', 'ble', 'smart-card', 'hybrid', 'cable', 'internal'] as const;

/** A credential ID has at most 1023 bytes (section 7.1). */
const LONGEST_ID = 1364;

/** What is stored of one credential. */
const credential = z.strictObject({
  id: base64url(LONGEST_ID),
  /** COSE_Key (RFC 9052, section 7). */
  publicKey: base64url(4096),
  /** Of the last answer; 0 as long as the authenticator does not count. */
  counter: z.int().min(0),
  /** User handle, the same for all credentials of an account; absent for those of U2F, which know none. */
  user: base64url(86).exactOptional(),
  transports: z.array(z.enum(transports)),
  /** AAGUID, where the authenticator said what it is. */
  model: z.string().exactOptional(),
  /** What the person calls it. */
  name: z.string().exactOptional(),
  /** Several devices may have it: a provider keeps a copy. */
  synced: z.boolean(),
  /** AppID of U2F, for a credential that an older system registered with it. */
  appId: z.string().exactOptional(),
});
export type Credential = z.output<typeof credential>;

/** @throws Error when it is no credential */
export function readCredential(stored: unknown): Credential {
  return readStored('credential', credential, stored);
}

/** What came of a check: what was asked for, or a stable code of what is wrong. */
export type Checked<Found> = { readonly found: Found } | { readonly objection: Objection };

/** Why an answer is not accepted. For the log, and some for a text of their own. */
export type Objection =
  | 'too-large'
  | 'unreadable'
  | 'type'
  | 'challenge'
  | 'origin'
  | 'framed'
  | 'rp-id'
  | 'presence'
  | 'verification'
  | 'algorithm'
  | 'attestation'
  | 'authenticator'
  | 'registered'
  | 'not-discoverable'
  | 'unknown-credential'
  | 'user-handle'
  | 'signature'
  | 'backup'
  | 'counter';
