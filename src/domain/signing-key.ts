/** A key that signs ID tokens. */
export interface SigningKey {
  /** `kid` of RFC 7517, section 4.5. */
  readonly id: string;
  readonly algorithm: 'ES256' | 'RS256';
  /** The private key (RFC 7517); encrypted at rest. */
  readonly jwk: Readonly<Record<string, unknown>>;
  /** Published from then on. Milliseconds since the Unix epoch. */
  readonly createdAt: number;
  /** Signs from then on, until another one of its algorithm does: later than it is published, for applications keep a key set that they read. */
  readonly signsFrom: number;
}

/**
 * - `waiting`: published, and will sign
 * - `signing`: signs whatever its algorithm is asked for
 * - `verifying`: still published, for what it signed
 * - `retired`: nothing that it signed is looked at any more
 */
export type SigningKeyState = 'waiting' | 'signing' | 'verifying' | 'retired';

/** A key and what it does. */
export interface StandingKey extends SigningKey {
  readonly state: SigningKeyState;
  /** When it retires, once its successor is known. */
  readonly retiresAt?: number;
}
