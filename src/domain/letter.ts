import type { Locale } from './locale.ts';

/** A mail that is yet to be put into words. Plain JSON: it waits in a queue. */
export interface Letter {
  /** Its view is `mail/<name>`, its texts are `mail.<name>`: `forgotten-password`, `notice`. */
  readonly name: string;
  /** Whose account it is about. */
  readonly account: string;
  /** One address, which the account's owner has shown to be theirs. */
  readonly to: string;
  readonly locale: Locale;
  /** A path below the issuer that begins with a slash; the one button of the mail. */
  readonly link?: string;
  /** What else the view and its texts name. */
  readonly values?: Readonly<Record<string, string | number | boolean>>;
}
