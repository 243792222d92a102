import type { Acr } from './acr.ts';
import type { FactorName } from './factor.ts';

/** What an organization decides about how its people sign in. A deployment decides it for accounts without an organization. */
export interface SignInPolicy {
  /** "Two-factor authentication: No / Yes". */
  readonly secondFactorRequired: boolean;
  /** Until then who has none is let in without; milliseconds since the Unix epoch. */
  readonly secondFactorFrom?: number;
  /** The second factors people may choose from; absent means all. */
  readonly methods?: readonly FactorName[];
  /** Whether an account that never held a second factor sets its first one up on the password alone, or only with a permit. */
  readonly firstSetUp: 'open' | 'permit';
  /** Lets people who once held a second factor set one up again without a permit. Weakens the second factor to the password. */
  readonly permitsWaived: boolean;
  /** Lets people give another phone number than the one that staff entered for them. */
  readonly numberChange: boolean;
  /** Lets a passkey take the place of password and second factor; otherwise the password is still asked. */
  readonly passkeysCountAsBoth: boolean;
  /** AAGUIDs, in lower case, of the only models of authenticators that people may register; absent means all. */
  readonly authenticators?: readonly string[];
  /** The least every sign-in must reach. */
  readonly minimumAcr?: Acr;
  /** Lets people not be asked for their second factor in a browser where they proved it, for this many days; absent means never. */
  readonly rememberedDevices?: number;
}

/** The longest that an organization may let a device be remembered, in days. */
export const LONGEST_REMEMBERED = 365;

/** A tenant: "office" on screen. */
export interface Organization extends SignInPolicy {
  /** Opaque and stable: the `org_id` claim. */
  readonly id: string;
  /** What people type as their office code; unique, compared after trimming, NFKC and case folding. */
  readonly code: string;
  readonly name: string;
  /** The organization's own words on why a second factor is asked, per language. */
  readonly reason?: LocalizedText;
  /** Whom to ask for help, per language. */
  readonly contact?: LocalizedText;
}

/** A text that a deployment or an organization wrote itself. English is the fallback. */
export interface LocalizedText {
  readonly en?: string;
  readonly nl?: string;
}
