import { z } from 'zod';
import { base64url, type Checked, transports } from './credential.ts';

/** In characters. The longest that authenticators give (a TPM with its certificates) are a fifth of it. */
const LONGEST = 24 * 1024;

const bytes = base64url(LONGEST);

/** Of a list from the browser, what is known. */
const reached = z
  .array(z.unknown())
  .max(20)
  .transform((given) => transports.filter((known) => given.includes(known)))
  .catch([]);

const common = { id: bytes, rawId: bytes, type: z.literal('public-key') };

const registration = z.object({
  ...common,
  response: z.object({ clientDataJSON: bytes, attestationObject: bytes, transports: reached }),
  clientExtensionResults: z.object({
    credProps: z.object({ rk: z.boolean().exactOptional() }).exactOptional(),
  }),
});
export type Registration = z.output<typeof registration>;

const assertion = z.object({
  ...common,
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    // Empty where a browser knows of none: some say so instead of leaving it out.
    userHandle: base64url(86)
      .or(z.literal('').transform(() => undefined))
      .nullish(),
  }),
});
export type Assertion = z.output<typeof assertion>;

/** What a browser answered to a registration (`RegistrationResponseJSON`, Web Authentication Level 3, section 5.1.8). */
export function readRegistration(json: string | undefined): Checked<Registration> {
  return read(registration, json);
}

/** What a browser answered to a challenge (`AuthenticationResponseJSON`, same section). */
export function readAssertion(json: string | undefined): Checked<Assertion> {
  return read(assertion, json);
}

function read<Answer extends Registration | Assertion>(schema: z.ZodType<Answer>, json = ''): Checked<Answer> {
  if (json.length > LONGEST) return { objection: 'too-large' };
  const { data } = schema.safeParse(parse(json));
  return data === undefined || data.id !== data.rawId ? { objection: 'unreadable' } : { found: data };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
