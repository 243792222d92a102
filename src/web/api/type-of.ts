import type { Schema } from './route.ts';

/** A type in few words, as programmers read it. */
export function typeOf({
  $ref,
  type,
  anyOf,
  enum: values,
  items,
  format,
  minimum,
  maximum,
  maxLength,
}: Schema): string {
  if ($ref !== undefined) return $ref.split('/').at(-1) ?? '';
  if (anyOf !== undefined) return anyOf.map(typeOf).join(' | ');
  if (values !== undefined) return values.map((value) => JSON.stringify(value)).join(' | ');
  if (type === 'array')
    return `array of ${typeof items === 'object' && !Array.isArray(items) ? typeOf(items) : 'anything'}`;
  if (type === 'integer' && maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER)
    return `${minimum ?? ''}–${maximum}`;
  if (type === 'string') return [format ?? 'string', ...(maxLength === undefined ? [] : [`≤ ${maxLength}`])].join(' ');
  return [type ?? 'anything'].flat().join(' | ');
}
