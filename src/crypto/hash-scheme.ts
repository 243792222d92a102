/** An encoded hash that was understood, and is cheap enough to be computed for whoever asks. */
export interface ReadHash {
  /**
   * Scheme and parameters, and so the cost: an encoded hash with an empty salt and digest, which no secret matches.
   * Verifying against it is the same work as verifying against any hash of its kind.
   */
  readonly kind: string;
  matches(secret: string): Promise<boolean>;
}

/** Why an encoded hash is not accepted. `too-costly`: an import must not be able to burn memory or minutes at every sign-in. */
export type HashFault = 'unknown-scheme' | 'malformed' | 'too-costly';

/** Reads the hashes of one scheme; undefined for those of another. */
export type Scheme = (encoded: string) => ReadHash | Exclude<HashFault, 'unknown-scheme'> | undefined;
