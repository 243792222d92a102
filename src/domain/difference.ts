import type { AuditEvent, AuditedFields, AuditedValue } from './audit.ts';

/** What stands for a secret: that there is one, and that it changed. */
const BLANK = '***';
/** Characters of a text, and entries of a list, that are kept. */
const LONGEST = 500;
const MOST = 50;

/**
 * What differs between two states of a thing, for the audit log; neither property is there when nothing does. What is undefined or
 * missing counts as null, so a thing that was made or removed is compared with `{}`.
 * @param blanked names of secret fields (`secret`, or `metadata.jwks` with all below it): their values are left out
 */
export function difference(
  before: object,
  after: object,
  blanked: readonly string[],
): Pick<AuditEvent, 'before' | 'after'> {
  const [old, current] = [flat(before), flat(after)];
  const names = [...new Set([...old.keys(), ...current.keys()])].sort();
  const changed = names.filter((name) => JSON.stringify(old.get(name)) !== JSON.stringify(current.get(name)));
  if (changed.length === 0) return {};
  const told = (fields: ReadonlyMap<string, AuditedValue>): AuditedFields =>
    Object.fromEntries(changed.map((name) => [name, tell(fields.get(name) ?? null, isBlanked(name, blanked))]));
  return { before: told(old), after: told(current) };
}

/** The values that are there, by path. */
function flat(value: object, path = ''): ReadonlyMap<string, AuditedValue> {
  const fields = new Map<string, AuditedValue>();
  for (const [key, field] of Object.entries(value)) {
    if (field === undefined || field === null) continue;
    const name = path === '' ? key : `${path}.${key}`;
    if (isValue(field)) fields.set(name, field);
    else if (Array.isArray(field)) fields.set(name, JSON.stringify(field));
    else if (typeof field === 'object') for (const [inner, one] of flat(field, name)) fields.set(inner, one);
  }
  return fields;
}

function isValue(value: unknown): value is AuditedValue {
  return isScalar(value) || (Array.isArray(value) && value.every(isScalar));
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function isBlanked(name: string, blanked: readonly string[]): boolean {
  return blanked.some((secret) => name === secret || name.startsWith(`${secret}.`));
}

function tell(value: AuditedValue, secret: boolean): AuditedValue {
  if (value === null) return null;
  if (secret) return BLANK;
  if (typeof value === 'string') return short(value);
  if (typeof value !== 'object') return value;
  const kept = value.slice(0, MOST).map((entry) => (typeof entry === 'string' ? short(entry) : entry));
  return value.length > MOST ? [...kept, '…'] : kept;
}

function short(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
