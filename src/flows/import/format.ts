import { z } from 'zod';
import { acrs } from '../../domain/acr.ts';
import { locales } from '../../domain/locale.ts';
import { LONGEST_REMEMBERED } from '../../domain/organization.ts';
import { isOwnPage } from '../../domain/own-page.ts';
import { contradictions, secretContradictions } from '../clients/contradictions.ts';
import { metadata } from '../clients/metadata.ts';
import { redirectFaults } from '../clients/redirect-uri.ts';

/** Why a line is not accepted. Stable; the command line has a text for each. */
export const reasons = [
  'too-long',
  'not-utf8',
  'not-json',
  'unknown-type',
  'unknown-field',
  'missing',
  'malformed',
  'password-and-hash',
  'unknown-scheme',
  'too-costly',
  ...redirectFaults,
  'redirect-native',
  'reserved',
  'not-native',
  'not-used',
  'pkce-needed',
  'private-key',
  'unknown-organization',
  'unknown-factor',
  'unusable',
  'repeated',
  'taken',
] as const;
export type Reason = (typeof reasons)[number];

/** One thing that is wrong with a line. Never holds a value of the file. */
export interface LineFault {
  readonly reason: Reason;
  readonly field?: string;
}

const line = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((value) => !/\p{Cc}/u.test(value), 'malformed');
const prose = z.strictObject({ en: z.string().max(2_000).exactOptional(), nl: z.string().max(2_000).exactOptional() });
/** Becomes `sub`, whose bounds are those of OpenID Connect Core, section 2. */
const id = z.string().regex(/^[\x21-\x7e]{1,255}$/);
const acr = z.enum(acrs);

const organization = z.strictObject({
  type: z.literal('organization'),
  id: id.exactOptional(),
  code: line(100),
  name: line(200),
  secondFactorRequired: z.boolean().default(false),
  methods: z.array(z.string()).min(1).exactOptional(),
  firstSetUp: z.enum(['open', 'permit']).default('open'),
  permitsWaived: z.boolean().default(false),
  numberChange: z.boolean().default(true),
  passkeysCountAsBoth: z.boolean().default(true),
  /** AAGUIDs. */
  authenticators: z.array(z.guid().toLowerCase()).min(1).exactOptional(),
  minimumAcr: acr.exactOptional(),
  /** Days. */
  rememberedDevices: z.int().min(1).max(LONGEST_REMEMBERED).exactOptional(),
  reason: prose.exactOptional(),
  contact: prose.exactOptional(),
});

const account = z
  .strictObject({
    type: z.literal('account'),
    id: id.exactOptional(),
    /** The code of an organization. */
    organization: line(100).exactOptional(),
    username: line(200),
    password: z.string().min(1).max(256).exactOptional(),
    passwordHash: z.string().exactOptional(),
    disabled: z.boolean().default(false),
    locale: z.enum(locales).exactOptional(),
    secondFactorRequired: z.boolean().default(false),
    roles: z.array(z.enum(['accountant', 'superuser', 'administrator'])).default([]),
    groups: z.array(line(200)).default([]),
    name: line(200).exactOptional(),
    givenName: line(200).exactOptional(),
    familyName: line(200).exactOptional(),
    email: z.email().max(254).exactOptional(),
    emailVerified: z.boolean().default(false),
    /** E.164. */
    phoneNumber: z
      .string()
      .regex(/^\+[1-9]\d{6,14}$/)
      .exactOptional(),
    phoneNumberVerified: z.boolean().default(false),
    /** What was set up in another system, by the factor's name, a list where there are several; each factor reads its own. */
    factors: z.record(z.string().regex(/^[\w-]{1,40}$/), z.unknown()).default({}),
  })
  .superRefine(({ password, passwordHash }, context) => {
    if (password === undefined || passwordHash === undefined) return;
    context.addIssue({ code: 'custom', path: ['passwordHash'], message: 'password-and-hash' });
  });

const client = z
  .strictObject({
    type: z.literal('client'),
    id: id.refine((value) => !isOwnPage(value), 'reserved'),
    name: line(200),
    secret: z
      .string()
      .regex(/^[\x20-\x7e]{16,255}$/)
      .exactOptional(),
    firstParty: z.boolean().default(false),
    minimumAcr: acr.exactOptional(),
    /** Codes of the organizations whose people may sign in here. */
    organizations: z.array(line(100)).min(1).exactOptional(),
    pkceRequired: z.boolean().default(true),
    description: prose.exactOptional(),
    metadata,
  })
  .superRefine((given, context) => {
    for (const [field, message] of [...secretContradictions(given), ...contradictions(given)]) {
      context.addIssue({ code: 'custom', path: field.split('.'), message });
    }
  });

const entry = z.discriminatedUnion('type', [organization, account, client]);

/** A line of an import, understood. */
export type Entry = z.output<typeof entry>;
export type OrganizationEntry = Extract<Entry, { type: 'organization' }>;
export type AccountEntry = Extract<Entry, { type: 'account' }>;
export type ClientEntry = Extract<Entry, { type: 'client' }>;

/** Several of one factor are a list, one may stand by itself. */
export function givenOf(given: unknown): readonly unknown[] {
  return Array.isArray(given) ? given : [given];
}

/** Reads one line by itself, or says everything that is wrong with it. */
export function readEntry(text: string): { readonly entry: Entry } | { readonly faults: readonly LineFault[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { faults: [{ reason: 'not-json' }] };
  }
  const parsed = entry.safeParse(json, { reportInput: true });
  return parsed.success ? { entry: parsed.data } : { faults: parsed.error.issues.flatMap(faultsOf) };
}

function faultsOf(issue: z.core.$ZodIssue): LineFault[] {
  const field = issue.path.join('.');
  if (issue.code === 'invalid_union') return [{ reason: 'unknown-type' }];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ reason: 'unknown-field', field: [...issue.path, safeName(key)].join('.') }));
  }
  const reason = reasons.find((known) => known === issue.message);
  if (reason !== undefined) return [{ reason, field }];
  return [{ reason: issue.input === undefined ? 'missing' : 'malformed', ...(field !== '' && { field }) }];
}

/** A field's name comes from the file: what does not look like one is not repeated. */
function safeName(name: string): string {
  return /^\w{1,40}$/.test(name) ? name : '?';
}
