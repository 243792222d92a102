import { inGsm } from './gsm-alphabet.ts';

/** Fields of `submit_sm` that hold a text or a part of it. */
export interface SmppPart {
  readonly data_coding: number;
  readonly esm_class: number;
  readonly short_message: Buffer;
}

/** SMPP 3.4, section 5.2.19: the default alphabet of the operator, which is GSM's, and UCS-2. */
const codings = { gsm: 0x00, ucs2: 0x08 } as const;
/** SMPP 3.4, section 5.2.12: a user data header goes before the text. */
const HEADER_INDICATOR = 0x40;

/**
 * A text as `submit_sm` takes it: in the GSM alphabet where that has all characters, else in UCS-2; in parts where it is too long
 * for one message (3GPP TS 23.040, section 9.2.3.24.1). No character is split.
 * @param reference 0 to 255, the same in all parts
 */
export function partsOf(text: string, reference: number): readonly SmppPart[] {
  const gsm = inGsm(text);
  const [data_coding, characters, room] =
    gsm === undefined
      ? [codings.ucs2, Array.from(text, inUcs2), { whole: 140, part: 134 }]
      : [codings.gsm, gsm.map((one) => Buffer.from(one)), { whole: 160, part: 153 }];
  const whole = Buffer.concat(characters);
  if (whole.length <= room.whole) return [{ data_coding, esm_class: 0, short_message: whole }];

  const chunks = chunked(characters, room.part);
  return chunks.map((chunk, index) => ({
    data_coding,
    esm_class: HEADER_INDICATOR,
    short_message: Buffer.concat([Buffer.from([5, 0, 3, reference, chunks.length, index + 1]), chunk]),
  }));
}

function chunked(characters: readonly Buffer[], most: number): readonly Buffer[] {
  const chunks: Buffer[][] = [];
  let left = 0;
  for (const character of characters) {
    if (character.length > left) {
      chunks.push([]);
      left = most;
    }
    chunks.at(-1)?.push(character);
    left -= character.length;
  }
  return chunks.map((chunk) => Buffer.concat(chunk));
}

function inUcs2(character: string): Buffer {
  return Buffer.from(character, 'utf16le').swap16();
}
