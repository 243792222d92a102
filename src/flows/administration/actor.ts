import type { Account, Role } from '../../domain/account.ts';
import type { AuditEvent } from '../../domain/audit.ts';
import type { Client } from '../../domain/client.ts';
import type { Scope } from './scopes.ts';

/** Who acts: a person at the console, a service at the REST API, or whoever has the command line. */
export interface Actor {
  /** Id of the person's account. */
  readonly account?: string;
  /** `client_id` of the service. */
  readonly client?: string;
  /** The highest of their roles. */
  readonly role: Role;
  /** The organization they act in; null for people without one, absent for the whole deployment. */
  readonly organization?: string | null;
  /** What the service was granted; absent for who needs no scopes. */
  readonly scopes?: readonly Scope[];
  /** A person proved a second factor a short while ago, as every change asks for. Services and the command line have nothing to prove. */
  readonly proved: boolean;
  readonly visitor: Pick<AuditEvent, 'address' | 'requestId'>;
}

/** Roles, the lowest first: each may do what the ones before it may. */
export const roles = ['accountant', 'superuser', 'administrator'] as const satisfies readonly Role[];

/** 0 for people without a role, who administer nothing. */
export function rankOf(held: readonly Role[]): number {
  return held.reduce((highest, role) => Math.max(highest, roles.indexOf(role) + 1), 0);
}

/** The highest of an account's roles. */
export function roleOf({ roles: held }: Pick<Account, 'roles'>): Role | undefined {
  return roles[rankOf(held) - 1];
}

/** Somebody at the console. @param proved a second factor was proved a short while ago */
export function personActor(account: Account, proved: boolean, visitor: Actor['visitor']): Actor | undefined {
  const role = roleOf(account);
  if (role === undefined || account.disabled) return undefined;
  const organization = role === 'administrator' ? {} : { organization: account.organization ?? null };
  return { account: account.id, role, ...organization, proved, visitor };
}

/** A service at the REST API, bound to one organization or to none. @param scopes of its token */
export function serviceActor(client: Client, scopes: readonly Scope[], visitor: Actor['visitor']): Actor | undefined {
  if (client.administers === undefined) return undefined;
  const { organization } = client.administers;
  const reach =
    organization === undefined ? { role: 'administrator' as const } : { role: 'superuser' as const, organization };
  return { client: client.id, ...reach, scopes, proved: true, visitor };
}

/** Whoever may start programs on the server may do everything. */
export const commandLine: Actor = { role: 'administrator', proved: true, visitor: {} };
