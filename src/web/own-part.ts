import type { Locale } from '../domain/locale.ts';
import type { ActivityPage } from '../flows/account/activity.ts';
import type { OwnApplication } from '../flows/account/applications.ts';
import type { OwnDevice } from '../flows/account/devices.ts';
import type { OwnSession } from '../flows/account/sessions.ts';
import type { OwnFactorsOverview } from '../flows/own-factors/list.ts';
import type { Page } from './page.ts';

/** What the pages under views/account show: each part is there where the deployment can do it. */
export interface OwnPart {
  /** Address of the overview. */
  readonly home: string;
  /** Where to sign out. */
  readonly signOut: string;
  /** What the last change led to: `account.said.<said>`. */
  readonly said?: string;
  readonly profile?: {
    readonly username: string;
    readonly name?: string;
    readonly email?: string;
    readonly emailVerified: boolean;
    readonly office?: string;
  };
  /** Second factors. */
  readonly factors?: OwnFactorsOverview;
  /** A password can be changed here, or the e-mail address. */
  readonly password?: boolean;
  readonly email?: boolean;
  readonly sessions?: readonly OwnSession[];
  /** Remembered devices; absent where nobody may have any. */
  readonly devices?: readonly OwnDevice[];
  readonly applications?: readonly ShownApplication[];
  readonly activity?: ActivityPage;
  /** What the person chose; `automatic` where they never did. */
  readonly language?: Locale | 'automatic';
}

/** An application that may see something of the person. */
export interface ShownApplication extends Omit<OwnApplication, 'client'> {
  /** `client_id`. */
  readonly id: string;
  readonly client: NonNullable<Page['client']>;
  /** The deployment's own: nobody is asked before it gets access. */
  readonly firstParty: boolean;
}
