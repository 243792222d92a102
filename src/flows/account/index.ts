import type { Account } from '../../domain/account.ts';
import type { Locale } from '../../domain/locale.ts';
import type { Organization } from '../../domain/organization.ts';
import type { SessionStanding } from '../../domain/sign-in-request.ts';
import { createOwnEmail, type OwnEmail } from '../own-email/index.ts';
import { createOwnFactors, type OwnFactors } from '../own-factors/index.ts';
import type { Outcome, Owning } from '../own-factors/outcome.ts';
import type { PersonalData } from '../personal-data/index.ts';
import { type ActivityPage, activityOf } from './activity.ts';
import { admits } from './admit.ts';
import { applicationsOf, type OwnApplication, takeBack } from './applications.ts';
import { copyData } from './copy.ts';
import { devicesOf, forgetDevices, type OwnDevice } from './devices.ts';
import { chooseLanguage } from './language.ts';
import type { Needs } from './needs.ts';
import { changePassword, type PasswordProblem } from './password.ts';
import { endOne, endOthers, type OwnSession, sessionsOf } from './sessions.ts';

/** Somebody's account as its owner may see it. */
export interface OwnAccount {
  readonly account: Account;
  readonly organization?: Organization;
}

/** What people do with their own account. A verb that is absent is not possible here: its part of the page is left out. */
export interface AccountPage {
  /** Whether a session may see the page; with `fresh`, whether it may change something. */
  admits(session: SessionStanding, fresh: boolean): Promise<boolean>;
  /** Of a session that was admitted. @throws when there is no such account any more */
  show(session: SessionStanding): Promise<OwnAccount>;
  /** Second factors. */
  readonly factors: OwnFactors;
  readonly email?: OwnEmail;
  sessions(owning: Owning): Promise<readonly OwnSession[]>;
  /** Signs out everywhere but in this session. */
  endOthers(owning: Owning): Promise<Outcome>;
  /** Signs out in one other session. */
  endSession(owning: Owning, uid: string): Promise<Outcome>;
  /** What applications may see of the person. */
  applications(session: SessionStanding): Promise<readonly OwnApplication[]>;
  /** @param client `client_id` */
  takeBack(owning: Owning, client: string): Promise<Outcome>;
  /** Everything that is kept about the person. */
  copyData(owning: Owning): Promise<Outcome | { readonly data: PersonalData }>;
  /**
   * Browsers in which the person is not asked for their second factor for a while; undefined where nobody may have any.
   * @param secrets what the browser that asks keeps
   */
  devices(owning: Owning, secrets: readonly string[]): Promise<readonly OwnDevice[] | undefined>;
  /** @param id of one of them; all of them without it */
  forgetDevices(owning: Owning, id?: string): Promise<Outcome>;
  /** @param before as an earlier page of it answered */
  activity(session: SessionStanding, before?: string): Promise<ActivityPage>;
  changePassword?(
    owning: Owning,
    typed: { readonly old: string; readonly password: string },
  ): Promise<Outcome | PasswordProblem>;
  chooseLanguage?(owning: Owning, locale: Locale): Promise<Outcome>;
}

export function createAccountPage(needs: Needs): AccountPage {
  const { passwords, email } = needs;
  return {
    admits: (session, fresh) => admits(needs, session, fresh),

    async show({ account: id }) {
      const account = await needs.accounts.byId(id);
      if (account === undefined) throw new Error('a session was admitted to an account that is gone');
      const organization =
        account.organization === undefined ? undefined : await needs.organizations.byId(account.organization);
      return { account, ...(organization && { organization }) };
    },

    factors: createOwnFactors(needs),
    sessions: (owning) => sessionsOf(needs, owning),
    endOthers: (owning) => endOthers(needs, owning),
    endSession: (owning, uid) => endOne(needs, owning, uid),
    applications: (session) => applicationsOf(needs, session),
    takeBack: (owning, client) => takeBack(needs, owning, client),
    copyData: (owning) => copyData(needs, owning),
    devices: (owning, secrets) => devicesOf(needs, owning, secrets),
    forgetDevices: (owning, id) => forgetDevices(needs, owning, id),
    activity: (session, before) => activityOf(needs, session, before),

    ...(email && { email: createOwnEmail(email) }),

    ...(passwords && {
      changePassword: (owning: Owning, typed: { old: string; password: string }) =>
        changePassword({ ...needs, passwords }, owning, typed),
    }),

    ...(needs.accounts.setLocale && {
      chooseLanguage: (owning: Owning, locale: Locale) => chooseLanguage(needs, owning, locale),
    }),
  };
}
