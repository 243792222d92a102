/** Something that happened and that somebody may ask about later. Holds no secret, code, number or token. */
export interface AuditEvent {
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** Dotted and stable: `sign-in.identified`, `factor.wrong`, `factor.enrolled`, `login.finished`. */
  readonly type: string;
  /** Whose account it is about. */
  readonly account?: string;
  /** Who acted, when that is not the account itself. */
  readonly actor?: string;
  /** The account's organization, or the one that it is about. */
  readonly organization?: string;
  readonly client?: string;
  /** IP address of the visitor. */
  readonly address?: string;
  readonly requestId?: string;
  /** What else there is to say: factor, reason. Strings, numbers and booleans alone. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
  /** Fields that were changed, as they were and as they are: `difference` makes both, with secrets blanked. */
  readonly before?: AuditedFields;
  readonly after?: AuditedFields;
}

/** Fields by name, with a dot where one lies within another: `contact.en`. Null for what is not there. */
export type AuditedFields = Readonly<Record<string, AuditedValue>>;

export type AuditedValue = string | number | boolean | null | readonly (string | number | boolean)[];
