import type { PasswordProblem } from '../../flows/account/password.ts';
import { LENGTHS } from '../../flows/password/rules.ts';
import type { Problem } from '../page.ts';
import { conclude, goTo, owningOf, type Posted, present, type Visit } from './visit.ts';

const PLACE = '/account/password';

export async function showPassword(visit: Visit): Promise<void> {
  await show(visit);
}

export async function takePassword(posted: Posted): Promise<void> {
  const { ctx, needs, form } = posted;
  const { old = '', password = '' } = form;
  const outcome = await needs.account.changePassword?.(owningOf(posted), { old, password });
  if (outcome === undefined) return goTo(posted, PLACE, 'unknown');
  if (!('problem' in outcome)) return conclude(posted, outcome.ok ? '/account' : PLACE, outcome);
  ctx.state.outcome = outcome.problem;
  ctx.status = outcome.problem === 'throttled' ? 429 : 422;
  await show(posted, problemOf(outcome));
}

function problemOf({ problem: code, wait }: PasswordProblem): Problem {
  if (wait !== undefined) return { code, values: { seconds: Math.ceil(wait / 1_000) } };
  return { code, field: code === 'wrong' ? 'old' : 'password' };
}

async function show(visit: Visit, problem?: Problem): Promise<void> {
  const who = await visit.needs.account.show(visit.session);
  present(visit, 'account/password', { who, show: LENGTHS, ...(problem && { problem }) });
}
