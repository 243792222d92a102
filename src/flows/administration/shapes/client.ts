import { z } from 'zod';
import { clientKinds } from '../../clients/kind.ts';
import { metadata } from '../../clients/metadata.ts';
import { acr, id, line, prose, time, version } from './values.ts';

export const clientKind = z.enum(clientKinds).describe('What it is, which decides how it may get tokens.');

const clientId = id.describe('Its `client_id`.');

/** Of a service that may use the API. */
const administers = z
  .strictObject({
    organization: id.nullable().describe('Id of the only organization; null: the whole deployment.'),
  })
  .nullable();

/** What administrators decide about an application, apart from how it speaks. */
const settings = {
  name: line(200).describe('What people read.'),
  firstParty: z.boolean().describe('Skips the page that asks for consent.'),
  minimumAcr: acr.nullable().describe('The least of every sign-in there; null: what people and organizations say.'),
  organizations: z
    .array(id)
    .min(1)
    .max(1_000)
    .nullable()
    .describe('Ids of the only organizations whose people may sign in; null: all.'),
  pkceRequired: z.boolean().describe('PKCE is demanded (RFC 7636).'),
  description: prose.describe('What it is for.'),
  administers: administers.describe(
    'A service that may use this API, within the scopes of its `metadata.scope`; null: it may not.',
  ),
};

/** Everything that administrators may enter about one. Metadata takes the place of all that was there. */
export const clientFields = z.strictObject({
  ...settings,
  metadata: metadata.describe('How it speaks: takes the place of all that was there.'),
});

/** An application as administrators see it: never its secret. */
export const client = z
  .strictObject({
    id: clientId,
    kind: clientKind,
    ...settings,
    metadata: z
      .record(z.string(), z.unknown())
      .describe('Client metadata (OpenID Connect Dynamic Client Registration 1.0, section 2).'),
    hasSecret: z.boolean().describe('It proves who it is by a secret.'),
    formerSecretUntil: time
      .nullable()
      .describe('Until when the secret of before is good, too; null when there is one alone.'),
    version,
  })
  .describe('An application, or a service.');

/** A line of a list of applications. */
export const clientSummary = client
  .pick({ id: true, kind: true, name: true, firstParty: true, organizations: true, version: true })
  .describe('An application, in a list.');

/** The one time that a secret is shown; null where none was made. */
export const issuedSecret = z.strictObject({
  client,
  secret: z.string().nullable().describe('Shown this once; null where none was made.'),
});

const members = z.record(z.string(), z.unknown());

/** Trying a sign-in at an application. */
export const clientTest = {
  /** Names the administrator and their session. */
  bound: z.string().min(16).max(200),
  /** Cookie of the session that somebody signed in to on the way. */
  session: z.string().max(200).exactOptional(),
  /** What the application would have got. */
  result: z.discriminatedUnion('outcome', [
    z.strictObject({
      outcome: z.literal('granted'),
      client: clientId,
      idToken: z.string(),
      header: members,
      claims: members,
      userinfo: members,
      scopes: z.array(z.string()),
    }),
    z.strictObject({
      outcome: z.literal('refused'),
      client: clientId,
      /** A code of OAuth 2.0 or OpenID Connect. */
      error: z.string(),
      description: z.string().exactOptional(),
    }),
  ]),
};
