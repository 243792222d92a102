import { randomInt } from 'node:crypto';
import { typedCode } from './typed-code.ts';

/** Crockford's base 32: without I, L, O and U, so that nobody takes one character for another. */
export const BASE_32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A code of random characters, five bits each. */
export function newBase32(length: number): string {
  return Array.from({ length }, () => BASE_32[randomInt(BASE_32.length)]).join('');
}

/** The code that somebody typed, in whatever case and groups, O for 0 and I or L for 1; undefined for what cannot be one of this length. */
export function readBase32(typed: string | undefined, length: number): string | undefined {
  const code = typedCode(typed).toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
  return code.length === length && [...code].every((character) => BASE_32.includes(character)) ? code : undefined;
}

/** As it is shown: in groups of four. */
export function groupedBase32(code: string): string {
  return code.replace(/.{4}(?=.)/g, '$&-');
}
