import type { SessionStanding } from '../../../src/domain/sign-in-request.ts';
import type { Needs } from '../../../src/flows/account/needs.ts';
import { createLetters } from '../../../src/flows/mail/letters.ts';
import type { Owning } from '../../../src/flows/own-factors/outcome.ts';
import { personalDataOf } from '../../../src/flows/personal-data/index.ts';
import type { Screen } from '../../../src/flows/sign-in/screen.ts';
import { createAccesses } from '../../../src/oidc/accesses.ts';
import { listSessions } from '../../../src/oidc/open-sessions.ts';
import { sessionEnd } from '../../../src/oidc/session-ends.ts';
import type { World } from '../../support/world.ts';

/** The session of somebody whose sign-in is done. */
export function sessionOf({ outcome }: Screen): SessionStanding {
  if (outcome === undefined) throw new Error('not signed in');
  const { account, epoch, proofs } = outcome;
  return { account, epoch, proofs };
}

export function owning(session: SessionStanding): Owning {
  return { session, visitor: { address: '192.0.2.7', requestId: 'r-1' } };
}

/** Types of the events that this test's changes wrote about an account. */
export async function changedBy(world: World, { account }: SessionStanding): Promise<readonly string[]> {
  const rows = (await world.auditRows()) as readonly { type: string; account: string; request_id: string }[];
  return rows.filter((row) => row.request_id === 'r-1' && row.account === account).map(({ type }) => type);
}

/** What the page rests on beside signing in. */
export function needsOf({ needs, stores }: Pick<World, 'needs' | 'stores'>): Needs {
  const passwords = { ...needs, ...stores, settings: { officeCode: 'automatic', siteName: 'Sluis' } } as const;
  const { sessions, models, logoutQueue: queue } = stores;
  const passing = { sessions, models, queue, clock: needs.clock };
  const reading = { history: stores.audit, listSessions: listSessions(sessions), accesses: createAccesses(passing) };
  const { devices, emailChanges, mailQueue, linksSent } = stores;
  const letters = createLetters({ queue: mailQueue, clock: needs.clock, language: 'en' });
  return {
    ...needs,
    ...reading,
    endSession: sessionEnd(passing),
    gatherData: (id) => personalDataOf({ ...needs, ...reading, devices, emailChanges }, id),
    passwords,
    email: { ...needs, accounts: stores.accounts, letters, emailChanges, mailQueue, linksSent },
  };
}
