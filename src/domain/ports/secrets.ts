/** Encrypts what must be read back. */
export interface Vault {
  /** @param context what the value belongs to (`enrolment:<id>`): the same must be named to open it again */
  seal(plain: string, context: string): string;
  /** @throws when the value was changed, belongs to another context, or no key of the keyring opens it */
  open(sealed: string, context: string): string;
  /** True when `sealed` was not made with the first key. */
  isOutdated(sealed: string): boolean;
  /** A keyed digest (HMAC-SHA-256, base64url) for what is only compared or looked up. */
  digest(value: string, purpose: string): string;
}

/** Slow hashing of passwords and look-up secrets, never more at once than the machine can bear. Rejects with `busy` when too many wait. */
export interface Hasher {
  /** An encoded argon2id hash (PHC string) with a salt of its own. */
  hash(secret: string): Promise<string>;
  /** Whether `secret` matches an encoded hash of any accepted scheme. Without a hash, does equal work and answers false. */
  verify(encoded: string | undefined, secret: string): Promise<boolean>;
  /** Whether an encoded hash should be replaced: made by another scheme or with other parameters than `hash` uses. */
  isOutdated(encoded: string): boolean;
  /**
   * Scheme and parameters of an encoded hash, which is what a verification costs; undefined when it is of no accepted scheme.
   * To be stored with the hash: a failure costs one hash of each kind that is stored, so that none of them stands out.
   */
  kindOf(encoded: string): string | undefined;
  /** argon2id with a given salt (base64url), so that one hash can be compared with several; answers base64url. */
  derive(secret: string, salt: string): Promise<string>;
}
