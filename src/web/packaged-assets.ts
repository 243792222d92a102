import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A static file that a package brings along. */
export interface PackagedAsset {
  /** Its plain name; the ending tells what it is. */
  readonly name: string;
  readonly body: Buffer;
}

/** Files of the field for phone numbers; a style sheet comes after the pictures that it names. */
const files = [
  'intl-tel-input/dist/img/flags.webp',
  'intl-tel-input/dist/img/flags@2x.webp',
  'intl-tel-input/dist/css/intlTelInput.min.css',
  'intl-tel-input/dist/js/intlTelInput.min.js',
];

const webauthnBundle = '../dist/bundle/index.umd.min.js';

/** What estimates the strength of a password, by the name that it gets here. */
const zxcvbn = {
  'zxcvbn-core.js': '@zxcvbn-ts/core',
  'zxcvbn-common.js': '@zxcvbn-ts/language-common',
  'zxcvbn-en.js': '@zxcvbn-ts/language-en',
  'zxcvbn-nl.js': '@zxcvbn-ts/language-nl-be',
};

/** Reads the files that packages bring along for browsers. */
export function packagedAssets(): readonly PackagedAsset[] {
  return [
    ...files.map((file) => ({ name: basename(file), body: readFileSync(fileURLToPath(import.meta.resolve(file))) })),
    ...Object.entries(zxcvbn).map(([name, specifier]) => ({
      name,
      body: readFileSync(new URL('zxcvbn-ts.js', import.meta.resolve(specifier))),
    })),
    // The package exports its module alone; what browsers run as it is lies beside it.
    {
      name: 'simplewebauthn.js',
      body: readFileSync(new URL(webauthnBundle, import.meta.resolve('@simplewebauthn/browser'))),
    },
  ];
}

/** A style sheet of a package with its pictures beside it, under the names that they have here. */
export function relinked(style: Buffer, nameOf: (picture: string) => string): Buffer {
  const text = style.toString().replace(/url\(\.\.\/img\/([^)]+)\)/g, (_, name: string) => `url(${nameOf(name)})`);
  return Buffer.from(text);
}
