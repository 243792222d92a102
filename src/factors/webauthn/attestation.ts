import type { Attested } from './attested.ts';
import { leadsTo, readCertificates } from './certificates.ts';
import type { Objection } from './credential.ts';
import type { Metadata } from './metadata.ts';

/** Which authenticators may be registered. */
export interface AllowList {
  /** AAGUIDs, in lower case. */
  readonly models: readonly string[];
  /** Without it nothing can be verified, and nothing is accepted. */
  readonly metadata: Metadata | undefined;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/** Formats whose statement is signed with the first certificate of `x5c` (section 8). Elsewhere anybody could put certificates there. */
const certified = ['packed', 'tpm', 'android-key', 'fido-u2f', 'apple'];

/**
 * What is wrong with an authenticator where only some models are allowed: its maker must vouch, by a chain of certificates to a root
 * that the metadata names, that it is what it says (Web Authentication Level 3, section 7.1, steps 21 to 25).
 * That the statement is signed with the first of those certificates was verified before.
 */
export function objectionToModel(
  { model = '', format, statement }: Pick<Attested, 'model' | 'format' | 'statement'>,
  { models, metadata, now }: AllowList,
): Objection | undefined {
  const known = metadata?.models.get(model);
  if (!models.includes(model) || known?.trusted !== true) return 'authenticator';
  if (!certified.includes(format)) return 'attestation';
  const chain = readCertificates(statement.get('x5c') ?? []);
  const roots = readCertificates(known.roots);
  if (chain === undefined || roots === undefined || !leadsTo(roots, chain, now)) return 'attestation';
  return undefined;
}
