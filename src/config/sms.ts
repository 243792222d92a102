import { z } from 'zod';
import { hasScheme, isHost, isLoopback } from './addresses.ts';
import { certificates } from './certificates.ts';
import { duration } from './duration.ts';
import { ConfigError } from './fault.ts';
import { choice, flag, list, section, text, textWhich, whole } from './kinds.ts';
import { sendingRule } from './sending-rule.ts';
import { secret, smsHttp } from './sms-http.ts';

/** Gateways with settings of their own, by the name of their section. */
const configured = ['twilio', 'vonage', 'messagebird', 'bird', 'smpp', 'http'] as const;

const origin = (standard: string) =>
  textWhich('an https URL (http on this machine alone) without a slash at the end', isOrigin).default(standard);

const id = (expected: string) => textWhich(expected, (value) => /^[\w-]{1,64}$/.test(value));

const sender = () =>
  textWhich(
    'a number like +31612345678, a short code, or up to 11 letters and digits',
    (value) => /^\+\d{6,15}$/.test(value) || /^[\w .&-]{1,11}$/.test(value),
  );

const twilio = section({
  url: origin('https://api.twilio.com'),
  accountSid: id('an account SID (AC…)'),
  /** `authToken` is then the secret of this API key. */
  apiKeySid: id('the SID of an API key (SK…)').exactOptional(),
  /** Secret. */
  authToken: secret(500),
  /** Or the SID of a messaging service. */
  from: z.union(
    [sender(), textWhich('', (value) => /^MG[\da-f]{32}$/i.test(value))],
    'a number like +31612345678, up to 11 letters and digits, or the SID of a messaging service (MG…)',
  ),
});

const vonage = section({
  url: origin('https://rest.nexmo.com'),
  apiKey: id('an API key'),
  /** Secret. */
  apiSecret: secret(500),
  from: sender(),
});

const messagebird = section({
  url: origin('https://rest.messagebird.com'),
  /** Secret. */
  accessKey: secret(500),
  from: sender(),
});

const bird = section({
  url: origin('https://api.bird.com'),
  /** Secret. */
  accessKey: secret(500),
  workspace: id('the id of a workspace'),
  channel: id('the id of an SMS channel'),
});

const smpp = section({
  host: textWhich('a host name or an IP address', isHost),
  port: whole(1, 65_535),
  tls: flag().default(true),
  /** Secret. In PEM; trusted in place of the certificates of the system. */
  ca: certificates().exactOptional(),
  // As long as SMPP 3.4, section 4.1.1, lets them be.
  systemId: text('the name that the operator gave', 15),
  /** Secret. */
  password: text('the password that the operator gave', 8),
  systemType: textWhich('up to 12 characters', (value) => value.length <= 12).default(''),
  from: sender(),
  /** Between two questions whether the operator is still there. */
  enquire: duration('1s', '10m').default(30_000),
});

/** Everything about text messages. */
export const sms = section({
  /** Without one, nothing is sent. `outbox` keeps what it gets: for demonstrations. */
  gateway: choice([...configured, 'outbox']).exactOptional(),
  /** Asked when the first certainly did not send. */
  fallback: choice(configured).exactOptional(),
  /** How long one try at one gateway may take. */
  timeout: duration('500ms', '30s'),
  /** Further tries at one gateway, for what it certainly does not have. */
  retries: whole(0, 5),
  /** Countries that messages may go to; the first are offered first. */
  countries: list(textWhich('a country like "NL" (ISO 3166-1)', (value) => /^[A-Z]{2}$/.test(value))),
  /** How much may be sent, over everything that sends. */
  limits: section({
    number: sendingRule(),
    account: sendingRule(),
    address: sendingRule(),
    destination: sendingRule(),
    deployment: sendingRule(),
  }),
  twilio: twilio.exactOptional(),
  vonage: vonage.exactOptional(),
  messagebird: messagebird.exactOptional(),
  bird: bird.exactOptional(),
  smpp: smpp.exactOptional(),
  http: smsHttp.exactOptional(),
}).check(({ value, issues }) => {
  const complain = (name: string, message: string) =>
    issues.push({ code: 'custom', path: [name], message, input: value });
  for (const setting of ['gateway', 'fallback'] as const) {
    const name = value[setting];
    if (name === undefined || name === 'outbox' || value[name] !== undefined) continue;
    complain(name, `the settings of the gateway that sms.${setting} names`);
  }
  if (value.fallback !== undefined && value.gateway === undefined) complain('gateway', 'one to fall back from');
  if (value.fallback !== undefined && value.fallback === value.gateway)
    complain('fallback', 'another one than sms.gateway');
});

export type SmsSettings = z.output<typeof sms>;

/** Secrets of the gateways; a gateway described here may have them anywhere. */
export const smsSecrets: readonly string[] = [
  'sms.twilio.authToken',
  'sms.vonage.apiSecret',
  'sms.messagebird.accessKey',
  'sms.bird.accessKey',
  'sms.smpp.ca',
  'sms.smpp.password',
  'sms.http',
  'sms.http.secret',
];

/** Whether plain settings name the gateway that sends nothing: people would wait for codes that never come. */
export function namesOutbox({ sms: plain }: { readonly sms?: unknown }): boolean {
  return { gateway: undefined, ...Object(plain) }.gateway === 'outbox';
}

/**
 * Makes sure that messages can be sent where people are offered codes by message.
 * @param isBrought whoever mounts Sluis brings a gateway of their own
 * @throws {ConfigError}
 */
export function assertGateway({ methods, sms: { gateway } }: SmsOffer, isBrought: boolean): void {
  if (!methods.includes('sms') || gateway !== undefined || isBrought) return;
  throw new ConfigError([{ path: 'sms.gateway', expected: 'a gateway, because "sms" is among the methods' }]);
}

interface SmsOffer {
  readonly methods: readonly string[];
  readonly sms: SmsSettings;
}

function isOrigin(value: string): boolean {
  if (!hasScheme(value, ['https', 'http']) || value.endsWith('/')) return false;
  const url = new URL(value);
  return url.search === '' && url.hash === '' && (url.protocol === 'https:' || isLoopback(url));
}
