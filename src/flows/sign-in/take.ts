import type { Login, StepName } from '../../domain/login.ts';
import type { Bound } from './ceremonies.ts';
import type { Problem } from './screen.ts';
import type { Turn } from './turn.ts';

/** A challenge that may now be judged, and the turn to go on with. */
export interface Taken {
  readonly turn: Turn;
  readonly remember: unknown;
}

/**
 * Takes the challenge that an answer is for. One that may be answered once is closed first, and a request that did not close it
 * is stale: of any number of answers one alone is judged.
 */
export async function take(turn: Turn, ceremony: Bound): Promise<Taken | { readonly problem: Problem }> {
  const { needs, standing } = turn;
  const { place, once, stateless } = ceremony;
  const open = standing.login.open[place];
  if (open === undefined) return stateless ? { turn, remember: undefined } : { problem: { code: 'stale' } };
  if (open.expiresAt !== undefined && open.expiresAt <= needs.clock.now()) return { problem: { code: 'expired' } };
  if (!ceremony.stands(open)) return { problem: { code: 'changed' } };
  if (!once) return { turn, remember: open.remember };
  const closed = withoutChallenge(standing.login, place);
  if (!(await needs.logins.save(closed, needs.settings.lifetime))) return { problem: { code: 'stale' } };
  const login = { ...closed, version: closed.version + 1 };
  return { turn: { ...turn, standing: { ...standing, login } }, remember: open.remember };
}

/** The login without what was asked there. */
export function withoutChallenge(login: Login, place: StepName): Login {
  const { [place]: _answered, ...open } = login.open;
  return { ...login, open };
}
