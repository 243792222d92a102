import type { Form } from '../../domain/factor.ts';
import type { Organization } from '../../domain/organization.ts';
import type { SignInRequest } from '../../domain/sign-in-request.ts';
import { stepName } from '../../domain/step.ts';
import { ceremonyOf } from './ceremonies.ts';
import { deliver } from './deliver.ts';
import { moveOf } from './move.ts';
import type { Needs } from './needs.ts';
import { forgivesAll, present } from './present.ts';
import { readingOnce } from './reading-once.ts';
import { rememberBrowser } from './remember.ts';
import type { Screen, Visitor } from './screen.ts';
import { standingOf } from './standing.ts';
import { started } from './started.ts';
import { trailOf } from './trail.ts';
import type { Move, Turn } from './turn.ts';
import { whomToAsk } from './whom-to-ask.ts';

export interface SignIn {
  /**
   * The same for one request, whose login is read from now on, while the caller finds out what it asks of the person.
   * @param uid of the request
   */
  ahead(uid: string): Pick<SignIn, 'show' | 'answer'>;
  /** The step a login is at. Changes nothing but what has to be remembered of a challenge that is shown for the first time. */
  show(request: SignInRequest, visitor: Visitor): Promise<Screen>;
  /** Takes an answer and tells the step that follows, or the same one with a `problem`. */
  answer(request: SignInRequest, visitor: Visitor, form: Form): Promise<Screen>;
  /** The organization to ask for help, as far as it can be told. */
  whomToAsk(request: SignInRequest): Promise<Organization | undefined>;
  /** Records that the person gave up. */
  cancel(request: SignInRequest, visitor: Visitor): Promise<void>;
}

/** Signing in, without HTTP: load the login, derive its step, judge the answer, save, derive again. */
export function createSignIn(all: Needs): SignIn {
  const find: Find = (uid) => all.logins.find(uid);
  return {
    ...answering(all, find),
    ahead(uid) {
      const login = find(uid);
      // Whoever asked for it may never get to it; what failed then is told by what they waited for.
      login.catch(() => {});
      return answering(all, (asked) => (asked === uid ? login : find(asked)));
    },
    whomToAsk: (request) => whomToAsk(all, request),
    async cancel(request, visitor) {
      const turn = await begin(all, { request, visitor }, find);
      await all.logins.remove(request.uid);
      turn.trail.note('sign-in.cancelled', turn.standing.account?.id, { step: stepName(turn.standing.step) });
      await turn.trail.write();
    },
  };
}

type Find = Needs['logins']['find'];

function answering(all: Needs, find: Find): Pick<SignIn, 'show' | 'answer'> {
  return {
    async show(request, visitor) {
      const turn = await begin(all, { request, visitor }, find);
      const screen = await present(turn);
      await turn.trail.write();
      return screen;
    },
    async answer(request, visitor, form) {
      const turn = await begin(all, { request, visitor }, find);
      const move = await moveOf(turn, form);
      const screen = await settle(turn, move, all);
      await turn.trail.write();
      return screen;
    },
  };
}

async function begin(all: Needs, { request, visitor }: Pick<Turn, 'request' | 'visitor'>, find: Find): Promise<Turn> {
  const needs = readingOnce(all);
  const login = (await find(request.uid)) ?? started(request);
  const trail = trailOf(needs, request, visitor);
  return { needs, request, visitor, trail, standing: await standingOf(needs, { request, visitor }, login) };
}

/**
 * Saves what moved and tells where the login stands now.
 * @param all needs that have read nothing yet: when another request moved first, what this one read before may be over
 */
async function settle(turn: Turn, move: Move, all: Needs): Promise<Screen> {
  const { needs, request, standing } = turn;
  const saved = move.login !== undefined && (await needs.logins.save(move.login, needs.settings.lifetime));
  if (move.login === undefined || !saved) {
    if (move.spent && standing.account !== undefined) await needs.lockouts.refund(standing.account.id);
    const anew = readingOnce(all);
    const login = (await anew.logins.find(request.uid)) ?? started(request);
    const current = { ...turn, needs: anew, standing: await standingOf(anew, turn, login) };
    return present(current, move.login === undefined ? move.problem : { code: 'stale' });
  }
  let moved = { ...move.login, version: move.login.version + 1 };
  const ceremony = move.deliver === true ? ceremonyOf(turn) : undefined;
  if (ceremony !== undefined) moved = await deliver(turn, ceremony, moved);
  const { recognised, postponed, permit, remember } = move;
  const given = remember === undefined ? undefined : await rememberBrowser(turn, remember);
  const visitor = withPermit(turn.visitor, permit);
  const next = await standingOf(needs, { request, visitor }, moved);
  if (move.spent && standing.account !== undefined && !forgivesAll(next)) {
    await needs.lockouts.refund(standing.account.id);
  }
  const screen = await present({ ...turn, visitor, standing: next });
  return {
    ...screen,
    ...(recognised !== undefined && { recognised }),
    ...(postponed !== undefined && { postponed }),
    ...(permit !== undefined && { permit }),
    ...(given !== undefined && { devices: given.secrets }),
  };
}

/** The visitor, whose browser keeps this permit from now on. */
function withPermit(visitor: Visitor, permit: Move['permit']): Visitor {
  return permit === undefined ? visitor : { ...visitor, permits: [permit.secret, ...(visitor.permits ?? [])] };
}
