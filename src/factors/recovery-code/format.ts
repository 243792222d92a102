import { randomInt } from 'node:crypto';
import { BASE_32, readBase32 } from '../base-32.ts';
import { typedCode } from '../typed-code.ts';

/** `6x8`: six codes of eight digits. `1x16`: one of sixteen digits. `1x20`: one of twenty base-32 characters, 100 bits. */
export const codeFormats = ['6x8', '1x16', '1x20'] as const;
export type CodeFormat = (typeof codeFormats)[number];

const DIGITS = '0123456789';

interface Shape {
  readonly count: number;
  readonly length: number;
  readonly alphabet: string;
  readonly between: string;
}

const shapes: Readonly<Record<CodeFormat, Shape>> = {
  '6x8': { count: 6, length: 8, alphabet: DIGITS, between: ' ' },
  '1x16': { count: 1, length: 16, alphabet: DIGITS, between: ' - ' },
  '1x20': { count: 1, length: 20, alphabet: BASE_32, between: '-' },
};

/** A set of new codes, no two alike. */
export function newCodes(format: CodeFormat): readonly string[] {
  const { count, length, alphabet } = shapes[format];
  const codes = new Set<string>();
  while (codes.size < count) {
    codes.add(Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join(''));
  }
  return [...codes];
}

/** A code as it is shown: in groups of four. */
export function grouped(code: string, format: CodeFormat): string {
  return (code.match(/.{1,4}/g) ?? []).join(shapes[format].between);
}

/** The code that somebody typed, however they wrote it; undefined for what cannot be one of this format. */
export function readCode(typed: string | undefined, format: CodeFormat): string | undefined {
  const { length, alphabet } = shapes[format];
  if (alphabet === BASE_32) return readBase32(typed, length);
  const code = typedCode(typed);
  return code.length === length && [...code].every((character) => alphabet.includes(character)) ? code : undefined;
}
