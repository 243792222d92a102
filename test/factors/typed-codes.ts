import fc from 'fast-check';

const marks = fc.constantFrom(
  ' ',
  '-',
  '\u00a0',
  '\u2003',
  '\u3000',
  '\t',
  '\u2010',
  '\u2011',
  '\u2013',
  '\u2212',
  '\uff0d',
  '\u200b',
  '\u200e',
  '\u202c',
  '\u2060',
  '\ufeff',
  '\u00ad',
);

/** A code as people and phones write it: any mixture of plain and full-width characters, with spaces, dashes and invisible marks anywhere. */
export function writtenForms(code: string): fc.Arbitrary<string> {
  const wide = (character: string) => String.fromCharCode(character.charCodeAt(0) + 0xfee0);
  const character = (plain: string) =>
    fc.constantFrom(plain, wide(plain), wide(plain.toLowerCase()), plain.toLowerCase());
  const gap = fc.array(marks, { maxLength: 2 }).map((gaps) => gaps.join(''));
  return fc.tuple(gap, ...[...code].flatMap((plain) => [character(plain), gap])).map((parts) => parts.join(''));
}
