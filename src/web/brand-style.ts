import type { Brand } from './page.ts';

type Rgb = readonly [number, number, number];

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
/** Of Sluis itself, as in sluis.css. */
const OWN: Rgb = [11, 92, 122];
const OWN_DARK: Rgb = [124, 199, 228];
/** Text on a brand-coloured button in the dark scheme; softer than black. */
const NIGHT: Rgb = [6, 24, 32];
/** The card of the dark scheme, as in sluis.css. */
const DARK_CARD: Rgb = [23, 33, 39];
/** Above the 4.5 of WCAG 2.2 (1.4.3), because the colour also stands on tinted panels. */
const READABLE = 5.5;

/** The style sheet that carries a deployment's colours as custom properties; empty where it set none. */
export function brandStyle(brand: Brand): string {
  if (brand.colour === undefined && brand.darkColour === undefined) return '';
  const { light, dark } = brandColours(brand);
  const rule = ({ brand, ink }: Colours) => `:root{--brand:${brand};--on-brand:${ink}}`;
  return `${rule(light)}@media (prefers-color-scheme:dark){${rule(dark)}}`;
}

/** `#rrggbb` of the brand, and of text on it. */
export interface Colours {
  readonly brand: string;
  readonly ink: string;
}

/** A deployment's colours in both schemes; those of sluis.css where it set none. */
export function brandColours({ colour, darkColour }: Brand): { readonly light: Colours; readonly dark: Colours } {
  const own = colour ?? darkColour;
  const light = own === undefined ? OWN : readable(parse(colour ?? own), WHITE, BLACK);
  const dark = own === undefined ? OWN_DARK : readable(parse(darkColour ?? own), DARK_CARD, WHITE);
  return { light: { brand: hex(light), ink: hex(WHITE) }, dark: { brand: hex(dark), ink: hex(NIGHT) } };
}

/** The colour itself, or as little nearer to `towards` as makes it readable on `ground`. */
function readable(colour: Rgb, ground: Rgb, towards: Rgb): Rgb {
  for (let share = 0; share < 1; share += 0.02) {
    const mixed = mix(colour, towards, share);
    if (contrast(mixed, ground) >= READABLE) return mixed;
  }
  return towards;
}

/** Contrast ratio of WCAG 2.2. */
function contrast(one: Rgb, other: Rgb): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function mix([r, g, b]: Rgb, [tr, tg, tb]: Rgb, share: number): Rgb {
  const between = (from: number, to: number) => Math.round(from + (to - from) * share);
  return [between(r, tr), between(g, tg), between(b, tb)];
}

function parse(colour: string): Rgb {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (found === null) throw new Error(`expected a colour like #0b5c7a, got ${JSON.stringify(colour)}`);
  const [, red = '', green = '', blue = ''] = found;
  return [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)];
}

function hex(colour: Rgb): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
