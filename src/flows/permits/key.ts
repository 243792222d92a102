import type { PermitWay } from '../../domain/permit.ts';
import type { PermitNeeds } from './needs.ts';

/** What a permit is found by: a digest that needs the deployment's key, and that no other kind of permit shares. */
export function permitKey({ vault }: Pick<PermitNeeds, 'vault'>, way: PermitWay, secret: string): string {
  return vault.digest(secret, `permit:${way}`);
}

/** The secret of a code that is handed over: short enough to be typed, and so worth nothing without the account that it is for. */
export function handedSecret(account: string, code: string): string {
  return `${account}\n${code}`;
}
