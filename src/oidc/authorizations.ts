import type { StoredSession } from '../domain/ports.ts';

/** What a session granted one client, of what oidc-provider keeps of it. */
export interface Authorization {
  readonly client: string;
  /** The `sid` of its tokens. */
  readonly sid?: string;
  /** Id of the grant. */
  readonly grant?: string;
  /** Its tokens outlive a sign-out: `offline_access`. */
  readonly persists: boolean;
}

export function authorizationsOf({ authorizations }: StoredSession): readonly Authorization[] {
  return Object.entries(authorizations).map(([client, authorization]) => {
    const { sid, grantId: grant, persistsLogout } = Object(authorization);
    return {
      client,
      persists: persistsLogout === true,
      ...(typeof sid === 'string' && { sid }),
      ...(typeof grant === 'string' && { grant }),
    };
  });
}
