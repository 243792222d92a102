/** The default alphabet of 3GPP TS 23.038, section 6.2.1, in the order of its codes; 0x1B announces one of `extended`. */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001BÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const ESCAPE = 0x1b;
const extended: Readonly<Record<string, number>> = {
  '\f': 0x0a,
  '^': 0x14,
  '{': 0x28,
  '}': 0x29,
  '\\': 0x2f,
  '[': 0x3c,
  '~': 0x3d,
  ']': 0x3e,
  '|': 0x40,
  '€': 0x65,
};
const codes = new Map<string, readonly number[]>([
  ...Array.from(basic, (character, code) => [character, [code]] as const),
  ...Object.entries(extended).map(([character, code]) => [character, [ESCAPE, code]] as const),
]);
codes.delete(String.fromCharCode(ESCAPE));

/** A text in the GSM alphabet, the codes of each character together; undefined when it has others. */
export function inGsm(text: string): readonly (readonly number[])[] | undefined {
  const encoded = Array.from(text, (character) => codes.get(character) ?? []);
  return encoded.every(({ length }) => length > 0) ? encoded : undefined;
}

/** Whether a text can be sent in the GSM alphabet; any other needs UCS-2. */
export function isGsm(text: string): boolean {
  return inGsm(text) !== undefined;
}
