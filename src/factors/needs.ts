import type { Clock } from '../domain/clock.ts';
import type { Locale } from '../domain/locale.ts';
import type { AccountSource, Enrolments, Hasher, Organizations, TextMessages } from '../domain/ports.ts';
import type { CodeFormat } from './recovery-code/format.ts';
import type { Metadata } from './webauthn/metadata.ts';
import type { RelyingParty } from './webauthn/relying-party.ts';

/** Everything that some factor requires; each one picks from it. */
export interface FactorNeeds {
  readonly accounts: AccountSource;
  readonly organizations: Organizations;
  readonly enrolments: Pick<Enrolments, 'of' | 'holdersOf'>;
  readonly hasher: Hasher;
  readonly clock: Clock;
  /** Absent where the deployment has no gateway, and for the command line. */
  readonly textMessages?: TextMessages | undefined;
  /** Texts of messages: by language and key, with the values that they name. Absent for the command line. */
  readonly words?: Words | undefined;
  /** What makers say of their authenticators; absent where none is configured, and for the command line. */
  readonly metadata?: Metadata | undefined;
  readonly settings: {
    /** What authenticator apps show above the code: the deployment's own name. */
    readonly issuerName: string;
    /** Whether people are asked for the code of their organization; `automatic`: where there is more than one. */
    readonly officeCode: 'always' | 'never' | 'automatic';
    /** Of new recovery codes; those of another format keep working. */
    readonly recoveryCodes: CodeFormat;
    readonly webauthn: {
      readonly party: RelyingParty;
      /** AAGUIDs of the only authenticators for accounts without an organization; absent where all will do. */
      readonly authenticators?: readonly string[];
    };
    /** Host name of the deployment, to which browsers bind codes from messages. */
    readonly issuerHost: string;
    /** Countries that text messages may go to, the most used first; ISO 3166-1 alpha-2. */
    readonly countries: readonly string[];
  };
}

export type Words = (locale: Locale, key: string, values: Readonly<Record<string, string>>) => string;
