/**
 * Why an act was not done. Codes are stable; each has a text `administration.refusal.<code>`, a status at the REST API and an exit code.
 * - `forbidden`: a higher role, another scope, or somebody with a higher role
 * - `unproved`: changes need a second factor that was proved a short while ago
 * - `not-found`: there is none, or it belongs to an organization that is none of theirs
 * - `invalid`: `faults` says which fields, and why
 * - `changed`: somebody else changed it since it was read
 * - `taken`: another one has this name, code or id
 * - `last-administrator`, `last-superuser`: somebody has to be left who can
 * - `confirm`: it has consequences that were not agreed to
 * - `not-possible`: this deployment cannot do it (it has no mail, no gateway, or accounts of somebody else's), or not for this person:
 *   nobody is invited who has a password, and nobody gets a permit who holds a factor or is disabled
 * - `waiting`: what was asked for last time has yet to take effect
 * - `in-use`: something else must take its place first
 * - `undelivered`: mail or message was not taken
 */
export const refusalCodes = [
  'forbidden',
  'unproved',
  'not-found',
  'invalid',
  'changed',
  'taken',
  'last-administrator',
  'last-superuser',
  'confirm',
  'not-possible',
  'waiting',
  'in-use',
  'undelivered',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** What is wrong with one field of what was given. */
export interface FieldFault {
  /** Names joined by dots: `metadata.redirect_uris.0`. */
  readonly field: string;
  /** Stable: `missing`, `malformed`, `too-long`, `unknown-field`, `redirect-fragment`; each has a text `administration.fault.<reason>`. */
  readonly reason: string;
}

/** An act that was not done. Nothing was changed. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly faults: readonly FieldFault[];

  constructor(code: RefusalCode, faults: readonly FieldFault[] = []) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.faults = faults;
  }
}

/** One field is wrong. */
export function invalid(field: string, reason: string): Refusal {
  return new Refusal('invalid', [{ field, reason }]);
}

/** Another one has what this field names. */
export function taken(field: string): Refusal {
  return new Refusal('taken', [{ field, reason: 'taken' }]);
}
