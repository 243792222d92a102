import type { Account } from '../../domain/account.ts';
import type { Enrolment, EnrolmentSet } from '../../domain/enrolment.ts';
import { epochOf } from '../../domain/login.ts';
import type { SignInPolicy } from '../../domain/organization.ts';
import { FRESH } from '../../domain/own-page.ts';
import type { SessionStanding } from '../../domain/sign-in-request.ts';
import type { Needs } from './needs.ts';

/** Somebody in a session that is good, with what they hold. */
export interface Owner {
  readonly account: Account;
  readonly policy: SignInPolicy;
  readonly set: EnrolmentSet;
  /** Those of the set that are second factors, switched-off ones included. */
  readonly second: readonly Enrolment[];
}

/** Whose session this is; undefined when the account changed since it began, is disabled or gone. */
export async function ownerOf(needs: Needs, session: SessionStanding): Promise<Owner | undefined> {
  const [account, set] = await Promise.all([
    needs.accounts.byId(session.account),
    needs.enrolments.of(session.account),
  ]);
  if (account === undefined || account.disabled || epochOf(account, set) !== session.epoch) return undefined;
  const organization =
    account.organization === undefined ? undefined : await needs.organizations.byId(account.organization);
  const seconds = needs.factors.filter(({ role }) => role === 'second').map(({ name }) => name);
  return {
    account,
    policy: organization ?? needs.settings.policy,
    set,
    second: set.enrolments.filter(({ factor }) => seconds.includes(factor)),
  };
}

/** Whether more than the password was proved a short while ago; a recovery code will do, for who lost a key. */
export function provedLately({ clock, factors }: Needs, { proofs }: SessionStanding): boolean {
  const beyond = factors.filter(({ role }) => role !== 'first').map(({ name }) => name);
  return proofs.some(({ factor, at }) => beyond.includes(factor) && clock.now() - at <= FRESH);
}
