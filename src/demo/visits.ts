import { randomBytes } from 'node:crypto';
import type { Clock } from '../domain/clock.ts';
import type { Attempt, Way } from './attempt.ts';
import type { LogoutToken } from './logout-token.ts';
import type { SignedIn } from './provider.ts';

/** One browser at this application. */
export interface Visit {
  /** Value of its cookie: a secret. */
  readonly id: string;
  /** Milliseconds since the Unix epoch. */
  readonly startedAt: number;
  /** Sign-ins that are under way, by `state`: one for each tab. */
  readonly attempts: Map<string, Attempt>;
  signedIn?: SignedIn;
  /** Why the last sign-in or refresh failed; until the next one begins. */
  problem?: Problem;
  /** What the person has not been told yet. */
  notice?: 'ended-elsewhere' | 'refreshed';
}

/** What goes on the page about it. */
export interface Problem {
  readonly code: string;
  readonly description?: string;
  /** How to try again. */
  readonly way: Way;
}

/** Sessions of the application, in memory: a demonstration forgets them when it stops. */
export interface Visits {
  find(id: string | undefined): Visit | undefined;
  open(): Visit;
  /** Signs the visit in, under a new id: the old one may have been planted in the browser by somebody else. */
  signIn(visit: Visit, signedIn: SignedIn): Visit;
  /** Ends the sessions that a logout token names. */
  end(token: LogoutToken): void;
}

const LIFETIME = 12 * 60 * 60 * 1000;
const MOST_VISITS = 10_000;
const MOST_ATTEMPTS = 10;

export function createVisits(clock: Clock): Visits {
  const visits = new Map<string, Visit>();

  function add(attempts: Visit['attempts']): Visit {
    const visit: Visit = { id: randomBytes(32).toString('base64url'), startedAt: clock.now(), attempts };
    visits.set(visit.id, visit);
    dropOldest(visits, MOST_VISITS);
    return visit;
  }

  return {
    find(id = '') {
      const visit = visits.get(id);
      return visit !== undefined && clock.now() < visit.startedAt + LIFETIME ? visit : undefined;
    },

    open: () => add(new Map()),

    signIn({ id, attempts }, signedIn) {
      visits.delete(id);
      return Object.assign(add(attempts), { signedIn });
    },

    end({ sub, sid }) {
      for (const visit of visits.values()) {
        const claims = visit.signedIn?.claims;
        if (claims === undefined || (sid === undefined ? claims.sub !== sub : claims.sid !== sid)) continue;
        delete visit.signedIn;
        visit.notice = 'ended-elsewhere';
      }
    },
  };
}

/** Keeps an attempt until its answer comes; the oldest make room. */
export function begin(visit: Visit, attempt: Attempt): void {
  visit.attempts.set(attempt.state, attempt);
  dropOldest(visit.attempts, MOST_ATTEMPTS);
}

/** The attempt that an answer belongs to, once: a second answer finds none. */
export function take(visit: Visit | undefined, state: string): Attempt | undefined {
  const attempt = visit?.attempts.get(state);
  visit?.attempts.delete(state);
  return attempt;
}

function dropOldest<Value>(map: Map<string, Value>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}
