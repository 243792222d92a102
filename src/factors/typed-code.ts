/** Longer than any code, with every character of it apart. */
const LONGEST = 100;

/**
 * A code as it was meant: full-width characters made plain (NFKC), and without the spaces, dashes and invisible marks
 * that people type for legibility and phones paste along. Empty for what is far too long to be a code.
 */
export function typedCode(typed = ''): string {
  if (typed.length > LONGEST) return '';
  return typed.normalize('NFKC').replace(/[\p{White_Space}\p{Dash}\p{Format}\p{Default_Ignorable_Code_Point}]/gu, '');
}
