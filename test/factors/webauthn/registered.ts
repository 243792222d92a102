import type { Account } from '../../../src/domain/account.ts';
import type { Enrolment } from '../../../src/domain/enrolment.ts';
import type { Organization } from '../../../src/domain/organization.ts';
import type { Metadata } from '../../../src/factors/webauthn/metadata.ts';
import { passkey } from '../../../src/factors/webauthn/passkey.ts';
import type { RelyingParty } from '../../../src/factors/webauthn/relying-party.ts';
import { securityKey } from '../../../src/factors/webauthn/security-key.ts';
import { FakeClock } from '../../support/clock.ts';
import { settings } from '../settings.ts';
import { alice, bothCeremonies } from '../subjects.ts';

export const party: RelyingParty = { id: 'example.org', name: 'Sluis', origins: ['https://example.org'] };
/** How a browser on the one page of ours describes itself. */
export const here = { rpId: 'example.org', origin: 'https://example.org' };

export interface Circumstances {
  readonly held?: readonly Enrolment[];
  readonly organization?: Partial<Organization>;
  readonly metadata?: Metadata | undefined;
  readonly authenticators?: readonly string[];
  readonly clock?: FakeClock;
  readonly account?: Partial<Account>;
  /** The account has no organization. */
  readonly alone?: true;
  readonly origins?: readonly string[];
}

/** Both factors, where these enrolments are all that there are. */
export function keysWhere(circumstances: Circumstances = {}) {
  const { held = [], organization, metadata, authenticators, clock = new FakeClock() } = circumstances;
  const unused = async () => {
    throw new Error('not asked for');
  };
  const { organization: home, ...person } = alice;
  const account: Account = {
    ...person,
    ...(!circumstances.alone && home && { organization: home }),
    ...circumstances.account,
  };
  const own: Organization = {
    id: 'o-1',
    code: 'NOORD',
    name: 'Noord',
    secondFactorRequired: false,
    firstSetUp: 'open',
    permitsWaived: false,
    numberChange: true,
    passkeysCountAsBoth: true,
    ...organization,
  };
  const lookups = (enrolment: Enrolment) => String((enrolment.secret as { id: string }).id);
  const needs = {
    accounts: {
      byName: unused,
      byId: async (id: string) => (id === account.id ? account : undefined),
      verifyPassword: unused,
    },
    organizations: { byId: async () => own, byCode: unused, howMany: unused, save: unused },
    enrolments: {
      of: async (id: string) => ({
        version: 1,
        epoch: 0,
        everHeld: held.length > 0,
        toSetUp: false,
        enrolments: held.filter((one) => one.account === id),
        provisional: [],
      }),
      holdersOf: async (lookup: string) => held.filter((one) => lookups(one) === lookup).map((one) => one.account),
    },
    clock,
    metadata,
    settings: {
      ...settings,
      webauthn: {
        party: { ...party, origins: [...party.origins, ...(circumstances.origins ?? [])] },
        ...(authenticators && { authenticators }),
      },
    },
  };
  return { securityKey: securityKey(needs), passkey: passkey(needs), account };
}

/** The ceremonies of a security key, with their subjects filled in. */
export function ceremoniesWhere(circumstances: Circumstances = {}, name: 'securityKey' | 'passkey' = 'securityKey') {
  const { [name]: factor, account } = keysWhere(circumstances);
  const { enrolment, authentication } = bothCeremonies(factor);
  const visiting = { address: '192.0.2.1', locale: 'en' } as const;
  const enrolling = { account, visiting, mayReplace: true };
  const proving = { account, visiting, enrolments: circumstances.held ?? [] };
  const response = (answer: object) => ({ response: JSON.stringify(answer) });
  return {
    factor,
    beginRegistering: () => enrolment.start(enrolling),
    register: (state: unknown, answer: object) => enrolment.finish(enrolling, state, response(answer)),
    name: (state: unknown, name: string) => enrolment.finish(enrolling, state, { name }),
    beginProving: () => authentication.start(proving),
    prove: (state: unknown, answer: object) => authentication.finish(proving, state, response(answer)),
  };
}
