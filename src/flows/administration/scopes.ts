/** What a service may be granted at the REST API (RFC 6749, section 3.3). `write` does not include `read`. */
export const scopes = [
  'organizations:read',
  'organizations:write',
  'accounts:read',
  'accounts:write',
  'clients:read',
  'clients:write',
  'keys:read',
  'keys:write',
  'audit:read',
  'system:write',
] as const;
export type Scope = (typeof scopes)[number];

export function isScope(value: string): value is Scope {
  return scopes.some((known) => known === value);
}
