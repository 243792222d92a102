import type { Acr } from './acr.ts';
import type { LocalizedText } from './organization.ts';

/** A relying party, as an administrator registered it. */
export interface Client {
  /** `client_id`. */
  readonly id: string;
  readonly name: string;
  /**
   * Client metadata of OpenID Connect Dynamic Client Registration 1.0, section 2, in its own names
   * (`redirect_uris`, `grant_types`, `token_endpoint_auth_method` …), without `client_id` and `client_secret`.
   */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Encrypted at rest; absent for public clients and for `private_key_jwt`. */
  readonly secret?: string;
  /** The secret of before, which is good beside the present one while whoever runs the application puts that in its place. */
  readonly formerSecret?: FormerSecret;
  /** First-party clients skip the consent page. */
  readonly firstParty: boolean;
  /** The least every sign-in at this client must reach. */
  readonly minimumAcr?: Acr;
  /** Ids of the organizations whose people may sign in here; absent means all. */
  readonly organizations?: readonly string[];
  /** Proof Key for Code Exchange (RFC 7636); only a confidential client may be exempted. */
  readonly pkceRequired: boolean;
  /** What the client is for, shown on its consent page. */
  readonly description?: LocalizedText;
  /** A service that may use the REST API: in one organization, or in the whole deployment. */
  readonly administers?: { readonly organization?: string };
}

export interface FormerSecret {
  readonly value: string;
  /** When it ends; milliseconds since the Unix epoch. */
  readonly until: number;
}
