import type { FactorName } from '../../domain/factor.ts';
import type { Login, Open } from '../../domain/login.ts';
import type { Bound } from './ceremonies.ts';
import { deliver } from './deliver.ts';
import type { Turn } from './turn.ts';

/** What the ceremonies of a step show, the first one's own and that of those beside it. */
export interface Asked {
  readonly first: Open;
  readonly alongside: Readonly<Record<FactorName, object>>;
}

/**
 * Starts what has not been started yet: a reload shows the same challenge again and never sends another message.
 * @returns undefined when another request moved the login first
 */
export async function ask(turn: Turn, ceremonies: readonly [Bound, ...Bound[]]): Promise<Asked | undefined> {
  const { needs, standing } = turn;
  const started = await Promise.all(ceremonies.map((ceremony) => challengeOf(turn, ceremony)));
  const fresh = started.filter(({ ceremony, isNew }) => isNew && !ceremony.stateless);
  let login: Login = {
    ...standing.login,
    open: { ...standing.login.open, ...Object.fromEntries(fresh.map(({ ceremony, open }) => [ceremony.place, open])) },
  };
  if (fresh.length > 0) {
    if (!(await needs.logins.save(login, needs.settings.lifetime))) return undefined;
    login = { ...login, version: login.version + 1 };
    for (const { ceremony } of fresh) login = await deliver(turn, ceremony, login);
  }
  const shown = started.map(({ ceremony, open }) => ({ ceremony, open: login.open[ceremony.place] ?? open }));
  const [first, ...others] = shown;
  return (
    first && {
      first: first.open,
      alongside: Object.fromEntries(others.map(({ ceremony, open }) => [ceremony.factor.name, open.show])),
    }
  );
}

async function challengeOf({ needs, standing }: Turn, ceremony: Bound) {
  const open = standing.login.open[ceremony.place];
  if (open !== undefined && ceremony.stands(open)) return { ceremony, open, isNew: false };
  const { remember, show } = await ceremony.start();
  const { lifetime } = ceremony;
  const deadline = lifetime === undefined ? {} : { expiresAt: needs.clock.now() + lifetime };
  return { ceremony, open: { remember, show, ...deadline }, isNew: true };
}
