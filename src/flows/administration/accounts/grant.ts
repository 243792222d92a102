import type { Role } from '../../../domain/account.ts';
import { type Actor, rankOf, roles } from '../actor.ts';
import { Refusal } from '../refusal.ts';

/**
 * The roles that somebody is to have, each once and the lowest first. Nobody grants a role above their own; that nobody takes one is
 * seen to where the account is looked for.
 * @throws {Refusal} `forbidden`
 */
export function granted(actor: Actor, wanted: readonly Role[]): readonly Role[] {
  if (rankOf(wanted) > rankOf([actor.role])) throw new Refusal('forbidden');
  return roles.filter((role) => wanted.includes(role));
}
