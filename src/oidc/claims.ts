import type { Account } from '../domain/account.ts';
import type { Organizations } from '../domain/ports.ts';
import type { ConsentRequest } from '../domain/sign-in-request.ts';

/**
 * Which scope shows which claims (OpenID Connect Core, section 5.4). How a person signed in is in every ID token.
 * A client sees a scope when it asks for it and, where its metadata has a `scope`, when that lists it.
 */
export const claimsByScope = {
  openid: ['sub', 'acr', 'amr', 'auth_time'],
  profile: ['name', 'given_name', 'family_name', 'preferred_username', 'locale'],
  email: ['email', 'email_verified'],
  organization: ['org_id', 'org_code', 'org_name'],
  roles: ['roles'],
  groups: ['groups'],
} as const;

/** `offline_access` brings no claim: OpenID Connect Core, section 11. */
export const scopes: readonly string[] = [...Object.keys(claimsByScope), 'offline_access'];

/** The scope that shows a claim; undefined for a claim that Sluis does not know. */
export function scopeOf(claim: string): string | undefined {
  return Object.entries(claimsByScope).find(([, claims]) => claims.some((one) => one === claim))?.[0];
}

/** The scopes that a request amounts to: those it names, and those of the single claims that it asks for. */
export function scopesOf({ scopes, claims }: ConsentRequest): readonly string[] {
  return [...new Set([...scopes, ...claims.flatMap((claim) => scopeOf(claim) ?? [])])];
}

/**
 * Everything that Sluis may tell about an account; oidc-provider picks from it what scopes and `claims` parameter allow.
 *
 * @param asked names of the scopes and single claims that were asked for: the organization is only looked up when one wants it
 */
export async function claimsOf(account: Account, organizations: Organizations, asked: ReadonlySet<string>) {
  const { id, username, locale, roles, groups, profile } = account;
  return {
    sub: id,
    name: profile.name,
    given_name: profile.givenName,
    family_name: profile.familyName,
    preferred_username: username,
    locale,
    email: profile.email,
    email_verified: profile.email === undefined ? undefined : profile.emailVerified,
    roles,
    groups,
    ...(wantsOrganization(asked) ? await organizationClaims(account, organizations) : undefined),
  };
}

function wantsOrganization(asked: ReadonlySet<string>): boolean {
  return ['organization', ...claimsByScope.organization].some((name) => asked.has(name));
}

async function organizationClaims({ organization }: Account, organizations: Organizations) {
  const found = organization === undefined ? undefined : await organizations.byId(organization);
  return { org_id: organization, org_code: found?.code, org_name: found?.name };
}
