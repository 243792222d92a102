/** Whom credentials are made for: Sluis itself. */
export interface RelyingParty {
  /** RP ID (Web Authentication Level 3, section 5.1.2): the host of the issuer. */
  readonly id: string;
  /** What browsers and authenticators show. */
  readonly name: string;
  /** Where a ceremony may take place: the issuer's own origin, and related ones (section 5.11). */
  readonly origins: readonly string[];
}
