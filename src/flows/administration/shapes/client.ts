import { z } from 'zod';
import { clientKinds } from '../../clients/kind.ts';
import { metadata } from '../../clients/metadata.ts';
import { acr, id, line, prose, time, version } from './values.ts';

export const clientKind = z.enum(clientKinds);

/** What administrators decide about an application, apart from how it speaks. */
const settings = {
  name: line(200),
  /** Skips the consent page. */
  firstParty: z.boolean(),
  minimumAcr: acr.nullable(),
  /** Ids of the organizations whose people may sign in; null: all. */
  organizations: z.array(id).min(1).max(1_000).nullable(),
  pkceRequired: z.boolean(),
  description: prose,
  /** A service that may use this API: in one organization, or (null) the whole deployment. `metadata.scope` says what it may do. */
  administers: z.strictObject({ organization: id.nullable() }).nullable(),
};

/** Everything that administrators may enter about one. Metadata takes the place of all that was there. */
export const clientFields = z.strictObject({ ...settings, metadata });

/** An application as administrators see it: never its secret. */
export const client = z.strictObject({
  id,
  kind: clientKind,
  ...settings,
  /** Client metadata (OpenID Connect Dynamic Client Registration 1.0, section 2). */
  metadata: z.record(z.string(), z.unknown()),
  hasSecret: z.boolean(),
  /** Until when the secret of before is good, too; null when there is one alone. */
  formerSecretUntil: time.nullable(),
  version,
});

/** A line of a list of applications. */
export const clientSummary = client.pick({ id: true, kind: true, name: true, firstParty: true });

/** The one time that a secret is shown; null where none was made. */
export const issuedSecret = z.strictObject({ client, secret: z.string().nullable() });
