import { z } from 'zod';
import { acr, id, line, prose, time, version } from './values.ts';

/**
 * What an application is, which decides how it proves who it is and what it may be granted:
 * - `web`: has a server that keeps a secret
 * - `single-page`: runs in the browser and keeps nothing secret
 * - `native`: runs on a phone or a desk
 * - `service`: signs nobody in; it acts for itself by client credentials
 */
export const clientKind = z.enum(['web', 'single-page', 'native', 'service']);

/** Client metadata (OpenID Connect Dynamic Client Registration 1.0, section 2). `flows/clients` says what is taken. */
const metadata = z.record(z.string(), z.unknown());

/** What administrators decide about an application. */
export const clientSettings = {
  name: line(200),
  /** Skips the consent page. */
  firstParty: z.boolean(),
  minimumAcr: acr.nullable(),
  /** Ids of the organizations whose people may sign in; null: all. */
  organizations: z.array(id).min(1).nullable(),
  pkceRequired: z.boolean(),
  description: prose,
  metadata,
  /** A service that may use this API: in one organization, or (null) the whole deployment. */
  administers: z.strictObject({ organization: id.nullable() }).nullable(),
};

/** An application as administrators see it: never its secret. */
export const client = z.strictObject({
  id,
  kind: clientKind,
  ...clientSettings,
  hasSecret: z.boolean(),
  /** Until when the secret of before is good, too; null when there is one alone. */
  formerSecretUntil: time.nullable(),
  version,
});

/** The one time that a secret is shown. */
export const issuedSecret = z.strictObject({ client, secret: z.string().nullable() });
