import type { Clock } from '../domain/clock.ts';
import type { Factor } from '../domain/factor.ts';
import type { AuditLog, EndSessions } from '../domain/ports.ts';
import type { Needs } from '../flows/administration/needs.ts';
import { erasePerson } from '../flows/personal-data/erase.ts';
import { personalDataOf } from '../flows/personal-data/index.ts';
import { createAccesses } from '../oidc/accesses.ts';
import { forgetSessions } from '../oidc/forget-sessions.ts';
import { listSessions } from '../oidc/open-sessions.ts';
import type { openStores } from './stores.ts';

export interface PersonalDataParts {
  readonly stores: Awaited<ReturnType<typeof openStores>>;
  readonly factors: readonly Factor[];
  readonly audit: AuditLog;
  readonly endSessions: EndSessions;
  readonly clock: Clock;
}

/** What administrators do with all that is kept about somebody: hand it over, and erase it. */
export function openPersonalData({ stores, ...parts }: PersonalDataParts): NonNullable<Needs['personalData']> {
  const { sessions, models, logoutQueue: queue } = stores;
  const reading = {
    listSessions: listSessions(sessions),
    accesses: createAccesses({ sessions, models, queue, clock: parts.clock }),
    history: stores.audit,
  };
  const erasing = { ...stores, ...parts, forgetSessions: forgetSessions(stores) };
  return {
    gather: (id) => personalDataOf({ ...stores, ...parts, ...reading }, id),
    erase: (whom, by) => erasePerson(erasing, whom, by),
  };
}
