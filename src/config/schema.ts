import { z } from 'zod';
import { acrs } from '../domain/acr.ts';
import { locales } from '../domain/locale.ts';
import { LONGEST_REMEMBERED } from '../domain/organization.ts';
import { hasScheme, isAddressRange, isHost, isIssuer, isLoopback } from './addresses.ts';
import { duration } from './duration.ts';
import { choice, flag, list, section, text, textWhich, whole } from './kinds.ts';
import { mail, mailSecrets } from './mail.ts';
import { sendingRule } from './sending-rule.ts';
import { sms, smsSecrets } from './sms.ts';
import { authenticators, webauthn } from './webauthn.ts';

const addressRange = textWhich('an IP address or a range like "10.0.0.0/8"', isAddressRange);

/** Base 64 is read in either alphabet; parsed, it is base64url. */
const encryptionKey = textWhich('32 random bytes in base64 or base64url', isKey).transform((key) =>
  Buffer.from(key, 'base64').toString('base64url'),
);

/** `free` attempts cost no time, the next one `delay`, then twice as long each, up to `longest`; after `memory` without one the count is forgotten. */
const throttle = () =>
  section({
    free: whole(0, 100_000),
    delay: duration('1ms', '1h'),
    longest: duration('1ms', '24h'),
    memory: duration('1s', '7d'),
  });

const colour = () => textWhich('a colour like "#1f6f8b"', (value) => /^#[\da-f]{6}$/i.test(value)).exactOptional();

const link = () =>
  textWhich('an http, https, mailto or tel address', (value) =>
    hasScheme(value, ['https', 'http', 'mailto', 'tel']),
  ).exactOptional();

const brand = section({
  /** What the deployment calls itself, on every page and in authenticator apps. */
  name: text('a name', 60),
  /** Path of an SVG, PNG or WebP file, from the working directory. */
  logo: textWhich('the path of an .svg, .png or .webp file', (value) =>
    /\.(svg|png|webp)$/i.test(value),
  ).exactOptional(),
  colour: colour(),
  /** For the dark scheme; by default made from `colour`. */
  darkColour: colour(),
  /** The deployment's own words in place of those of views/texts: language, then key, then text. */
  texts: z
    .partialRecord(
      z.enum(locales),
      z.record(z.string(), z.string('a text')).readonly(),
      `an object with ${locales.join(' and ')}`,
    )
    .readonly(),
  links: section({ help: link(), privacy: link(), imprint: link() }),
});

const oidc = section({
  lifetimes: section({
    authorizationCode: duration('10s', '10m'),
    idToken: duration('1m', '24h'),
    accessToken: duration('1m', '24h'),
    /** From the sign-in, however often the token is replaced. */
    refreshToken: duration('1h', '365d'),
  }),
  signingKeys: section({
    /** From when a key is published until it signs: longer than any application keeps the key set. */
    leadTime: duration('1m', '30d'),
  }),
  /** Response types beyond `code`. */
  responseTypes: list(
    choice(['id_token', 'code id_token', 'id_token token', 'code token', 'code id_token token', 'none']),
  ),
  dynamicRegistration: flag(),
  dPoP: flag(),
  deviceFlow: flag(),
  ciba: flag(),
  jar: flag(),
  backchannelLogout: section({
    /** Private addresses and hosts that may be told of a sign-out all the same. */
    allowPrivateAddresses: list(
      textWhich(
        'a host, an IP address or a range like "10.0.0.0/8"',
        (value) => isHost(value) || isAddressRange(value),
      ),
    ),
    /** How often a message that did not arrive is sent again. */
    retries: whole(0, 20),
  }),
});

/** Every setting there is, with its bounds. Defaults are in config/default.json5, explanations in config/production.example.json5. */
export const schema = section({
  /** `iss` of every token; all addresses on pages and in mails begin with it. */
  issuer: textWhich('an https URL (http on localhost alone) without query, fragment or slash at the end', isIssuer),
  /** The address to listen at. */
  host: textWhich('a host name or an IP address', isHost),
  port: whole(1, 65_535),
  /** Only these may say, in `X-Forwarded-*`, for whom a request comes. */
  trustedProxies: list(addressRange),
  /** Secret. 32 bytes each; the first encrypts, all of them decrypt. */
  encryptionKeys: list(encryptionKey, 'a list of one key or more').refine(
    (keys) => keys.length > 0,
    'a list of one key or more',
  ),

  database: section({
    /** Secret. A PostgreSQL URL or a SQLite file. */
    url: textWhich('sqlite:<path of a file> or a postgres:// URL', isDatabase),
    /** Connections to PostgreSQL. */
    pool: whole(1, 200),
  }),
  redis: section({
    /** Secret. Without one, sessions are in memory and Sluis must be a single process. */
    url: textWhich('a redis:// or rediss:// URL', isRedis).exactOptional(),
  }),

  session: section({
    /** From the sign-in, however often it is used. */
    lifetime: duration('5m', '90d'),
    /** Offer to stay signed in after the browser closes. */
    staySignedIn: flag(),
    /** How long one sign-in may take. */
    interaction: duration('5m', '24h'),
  }),
  /** Whether people are asked for the code of their organization; `automatic`: where there is more than one. */
  officeCode: choice(['always', 'never', 'automatic']),
  /** Wrong codes of a second factor. */
  lockout: section({
    attempts: whole(1, 10),
    duration: duration('1m', '24h'),
    /** Wrong ones in a row, over all blocks, that switch a factor off until it is set up again. */
    switchOffAfter: whole(10, 1_000),
  }),
  /** Wrong passwords. */
  throttle: section({ name: throttle(), address: throttle() }),
  /** Cost of argon2id (RFC 9106). */
  passwords: section({
    /** KiB. */
    memory: whole(8_192, 131_072),
    iterations: whole(1, 20),
    parallelism: whole(1, 16),
    /** How many passwords may wait to be hashed before more are answered 503. */
    queue: whole(32, 10_000),
    /** New passwords are looked for among those that were stolen elsewhere. */
    breached: section({
      /** Of a service that answers range queries as Pwned Passwords does. Without one, nobody is asked. */
      url: textWhich('an https URL (http on this machine alone) that ends with a slash', isRange).exactOptional(),
      timeout: duration('100ms', '30s'),
    }),
  }),
  recoveryCodes: section({
    /** Codes, and characters of each: digits for 8 and 16, base 32 for 20. */
    format: choice(['6x8', '1x16', '1x20']),
  }),
  /** Second factors that are offered, the easiest first. */
  methods: list(text('the name of a factor', 40)).refine((methods) => methods.length > 0, 'one method or more'),
  sms,
  mail,
  /** The REST API. */
  api: section({
    /** Requests of one service. */
    limit: sendingRule(),
  }),
  webauthn,
  /** What an organization decides for its people, for deployments without organizations. */
  policy: section({
    secondFactorRequired: flag(),
    firstSetUp: choice(['open', 'permit']),
    permitsWaived: flag(),
    /** People may give another phone number than the one that staff entered. */
    numberChange: flag(),
    /** A passkey takes the place of password and second factor; otherwise the password is still asked. */
    passkeysCountAsBoth: flag(),
    authenticators,
    /** The least every sign-in must reach. */
    minimumAcr: choice(acrs).exactOptional(),
    /** Days that a browser may stand in for a second factor that was proved in it. Without it, never. */
    rememberedDevices: whole(1, LONGEST_REMEMBERED).exactOptional(),
  }),
  brand,
  oidc,
  audit: section({
    /** How long events are kept. */
    retention: duration('1d', '36500d').exactOptional(),
  }),
  log: section({ level: choice(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']) }),
  /** Answer `/metrics`. */
  metrics: flag(),
});

/** Settings whose value no message may show, and which may be read from a file. */
export const secretSettings: readonly string[] = [
  'encryptionKeys',
  'database.url',
  'redis.url',
  ...smsSecrets,
  ...mailSecrets,
];

function isKey(value: string): boolean {
  return /^[\w+/-]{43}=?$/.test(value) && Buffer.from(value, 'base64').length === 32;
}

function isDatabase(value: string): boolean {
  return hasScheme(value, ['postgres', 'postgresql']) || /^(sqlite|file):.+$/.test(value) || value === ':memory:';
}

function isRange(value: string): boolean {
  if (!hasScheme(value, ['https', 'http']) || !value.endsWith('/')) return false;
  const url = new URL(value);
  return url.search === '' && url.hash === '' && (url.protocol === 'https:' || isLoopback(url));
}

function isRedis(value: string): boolean {
  return hasScheme(value, ['redis', 'rediss', 'redis+cluster', 'rediss+cluster']);
}
