/** A key that signs ID tokens. */
export interface SigningKey {
  /** `kid` of RFC 7517, section 4.5. */
  readonly id: string;
  readonly algorithm: 'ES256' | 'RS256';
  /** The private key (RFC 7517); encrypted at rest. */
  readonly jwk: Readonly<Record<string, unknown>>;
  /** Milliseconds since the Unix epoch; of several keys for one algorithm the youngest signs. */
  readonly createdAt: number;
}
