import type { Asked } from './resource-commands.ts';

// What options say, as acts ask for it: undefined stays undefined, an empty text is null and takes a value away, and what is malformed
// stays as it was typed. Nothing is judged here: that is for the act.

/** The fields that something was said about. */
export function named(fields: Asked): Asked {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

export function textIn(value: unknown): unknown {
  return value === '' ? null : value;
}

/** A whole number. */
export function numberIn(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : textIn(value);
}

/** A day or a moment of ISO 8601, in milliseconds since the Unix epoch; in UTC where no zone is named. */
export function timeIn(value: unknown): unknown {
  if (typeof value !== 'string' || value === '') return textIn(value);
  const at = Date.parse(/T.*\d$/.test(value) && !/[+-]\d\d:?\d\d$/.test(value) ? `${value}Z` : value);
  return Number.isNaN(at) ? value : at;
}

/** Several; one empty text is none. */
export function listIn(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 && value[0] === '' ? null : value;
}

/** A text in each language: `--reason-nl` is Dutch, of the field `reason`. @param standing what is kept of the others */
export function proseIn(asked: Asked, field: string, standing: object = {}): unknown {
  const said = named({ en: asked[`${field}En`], nl: asked[`${field}Nl`] });
  return Object.keys(said).length === 0 ? undefined : { ...standing, ...said };
}
