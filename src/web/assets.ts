import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { brandStyle } from './brand-style.ts';
import { packagedAssets, relinked } from './packaged-assets.ts';
import type { Brand } from './page.ts';
import { viewsDirectory } from './views.ts';

/** What a browser asks for, as far as it matters here. */
export interface AssetRequest {
  /** Without the base path: `/assets/sluis.1a2b3c4d5e.css`. */
  readonly path: string;
  readonly ifNoneMatch?: string | undefined;
  readonly acceptEncoding?: string | undefined;
}

/** What to answer. `body` is absent with status 304. */
export interface AssetAnswer {
  readonly status: 200 | 304;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** The static files of the pages, read once. */
export interface Assets {
  /** Address of a file by its plain name (`sluis.css`, `logo`), base path included. @throws when there is none */
  href(name: string): string;
  /** Whether there is a file by that plain name. */
  has(name: string): boolean;
  /** Undefined when no file has that path. */
  answer(request: AssetRequest): AssetAnswer | undefined;
}

interface Variant {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

type Encoding = 'br' | 'gzip' | 'identity';
/** One file, as it is answered in an encoding. */
type Variants = (encoding: Encoding) => Variant;

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
};

/**
 * Reads and hashes every file once, and compresses it once when it is first asked for. The hash is in the address, so a browser
 * keeps a file for good and a new release is seen at once.
 *
 * @param options.base path that Sluis is mounted under: empty, or `/id`
 * @throws when the logo cannot be read or is of another kind than SVG, PNG or WebP
 */
export function createAssets({ brand, base = '' }: { readonly brand: Brand; readonly base?: string }): Assets {
  const paths = new Map<string, string>();
  const files = new Map<string, Variants>();
  const add = (name: string, file: string, body: Buffer) => {
    const type = types[extname(file)];
    if (type === undefined) throw new Error(`${file}: expected one of ${Object.keys(types).join(', ')}`);
    const hash = createHash('sha256').update(body).digest('hex').slice(0, 10);
    const path = `/assets/${basename(file, extname(file))}.${hash}${extname(file)}`;
    paths.set(name, path);
    files.set(path, variants(body, type, hash));
  };

  const directory = join(viewsDirectory(), 'assets');
  for (const name of readdirSync(directory).filter((entry) => extname(entry) in types)) {
    add(name, name, readFileSync(join(directory, name)));
  }
  for (const { name, body } of packagedAssets()) {
    const beside = (picture: string) => basename(paths.get(picture) ?? '');
    add(name, name, name.endsWith('.css') ? relinked(body, beside) : body);
  }
  const style = brandStyle(brand);
  if (style !== '') add('brand.css', 'brand.css', Buffer.from(style));
  if (brand.logo !== undefined) add('logo', basename(brand.logo), readFileSync(brand.logo));

  return {
    href: (name) => {
      const path = paths.get(name);
      if (path === undefined) throw new Error(`no asset ${name}`);
      return base + path;
    },
    has: (name) => paths.has(name),
    answer: ({ path, ifNoneMatch = '', acceptEncoding = '' }) => {
      const found = files.get(path);
      if (found === undefined) return undefined;
      const { body, headers } = found(preferred(acceptEncoding));
      const tags = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
      return tags.includes(headers.ETag ?? '') ? { status: 304, headers } : { status: 200, headers, body };
    },
  };
}

function variants(body: Buffer, type: string, hash: string): Variants {
  const variant = (encoding: Encoding, encoded: Buffer): Variant => ({
    body: encoded,
    headers: {
      'Content-Type': type,
      'Content-Length': String(encoded.length),
      'Cache-Control': 'public, max-age=31536000, immutable',
      // Compressed and plain are different representations: each needs its own tag (RFC 9110, section 8.8.3.3).
      ETag: `"${hash}-${encoding}"`,
      Vary: 'Accept-Encoding',
      'X-Content-Type-Options': 'nosniff',
      // An SVG that somebody opens on its own may run no script.
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
      ...(encoding === 'identity' ? {} : { 'Content-Encoding': encoding }),
    },
  });
  const isCompressed = type.startsWith('image/') && type !== types['.svg'];
  const made = new Map<Encoding, Variant>();
  return (asked) => {
    const encoding = isCompressed ? 'identity' : asked;
    const found = made.get(encoding) ?? variant(encoding, encoders[encoding](body));
    made.set(encoding, found);
    return found;
  };
}

const encoders: Readonly<Record<Encoding, (body: Buffer) => Buffer>> = {
  br: (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (body) => gzipSync(body),
  identity: (body) => body,
};

/** The best encoding that the browser takes; one that it gives weight 0 is not taken. */
function preferred(acceptEncoding: string): Encoding {
  const taken = (name: string) =>
    acceptEncoding.split(',').some((entry) => {
      const [coding = '', weight = 'q=1'] = entry.split(';').map((part) => part.trim().toLowerCase());
      return coding === name && !/^q=0(\.0*)?$/.test(weight);
    });
  if (taken('br')) return 'br';
  return taken('gzip') ? 'gzip' : 'identity';
}
