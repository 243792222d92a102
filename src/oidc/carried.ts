import type { Grant, Provider, Session } from 'oidc-provider';
import type { Epoch, Proof } from '../domain/login.ts';

/** What a session keeps of its sign-in beside what oidc-provider keeps. */
export interface Evidence {
  readonly epoch: Epoch;
  readonly proofs: readonly Proof[];
  /** Id of the remembered device that stood in for a second factor. */
  readonly remembered?: string;
}

/** Where and with what somebody signed in, as it was told. */
export interface Origin {
  readonly address: string;
  /** `User-Agent` of the browser, cut short. */
  readonly agent: string;
}

/**
 * Lets this provider's sessions and grants be stored with properties of ours.
 *
 * oidc-provider stores only the properties that a model class lists in its static `IN_PAYLOAD`, and reads that list once, at the
 * first use of the class. The classes belong to one provider: nothing global changes. Call it before the first request.
 */
export function carryEvidence({ Session, Grant }: Pick<Provider, 'Session' | 'Grant'>): void {
  alsoStore(Session, ['epoch', 'proofs', 'remembered', 'origin']);
  alsoStore(Grant, ['epoch']);
}

function alsoStore(Model: { readonly IN_PAYLOAD: string[] }, properties: readonly string[]): void {
  Object.defineProperty(Model, 'IN_PAYLOAD', { value: [...Model.IN_PAYLOAD, ...properties] });
}

/** Puts on a session what its sign-in proved, as the result of an interaction carries it; without that, takes the old away. */
export function putEvidence(session: Session, result: Readonly<Record<string, unknown>>): void {
  const { epoch, proofs, remembered, origin } = result;
  Object.assign(session, { epoch, proofs, remembered, origin });
}

/** Undefined for a session that nobody signed in to, or not through Sluis. */
export function evidenceOf(session: object): Evidence | undefined {
  const { epoch, proofs, remembered } = stored(session);
  if (typeof epoch !== 'string' || !isProofs(proofs)) return undefined;
  return { epoch, proofs, ...(typeof remembered === 'string' && { remembered }) };
}

export function putEpoch(grant: Grant, epoch: Epoch): void {
  Object.assign(grant, { epoch });
}

/** The account's epoch when the grant was made. */
export function epochOfGrant(grant: Grant): Epoch | undefined {
  const { epoch } = stored(grant);
  return typeof epoch === 'string' ? epoch : undefined;
}

// The library's types do not know what we added.
function stored(model: object): { readonly [Name in 'epoch' | 'proofs' | 'remembered']?: unknown } {
  return model;
}

// Only Sluis writes sessions, and storage keeps them from being changed: the shape needs no deeper look.
function isProofs(value: unknown): value is readonly Proof[] {
  return Array.isArray(value);
}
