import type { FactorName, Form } from '../../domain/factor.ts';
import { type Login, newLogin } from '../../domain/login.ts';
import { mayReset, stepName } from '../../domain/step.ts';
import { mayHaveAnother } from './another.ts';
import { ceremonyOf } from './ceremonies.ts';
import { identify, postponing } from './identify.ts';
import { judge } from './judge.ts';
import { askPermit } from './permit.ts';
import { binding } from './present.ts';
import type { Problem } from './screen.ts';
import type { Move, Turn } from './turn.ts';

/** What a posted form does to the login of this turn. */
export async function moveOf(turn: Turn, form: Form): Promise<Move> {
  const { standing } = turn;
  const { login, step } = standing;
  if (form.act === 'restart') return { login: { ...newLogin(login.uid), version: login.version } };
  if (form.act === 'reset' && mayBegin(turn)) return { login: { ...login, detour: 'reset' } };
  const foreign = await foreignAnswer(turn, form);
  if (foreign !== undefined) return { problem: foreign };
  switch (step.at) {
    case 'reset':
      if (form.act === 'back') return { login: withoutDetour(login) };
      return withCeremony(turn, form);
    case 'permit':
      return askPermit(turn, form);
    case 'identify':
    case 'prove':
    case 'enrol':
    case 'keep-codes': {
      if (form.act === 'add' && step.at === 'prove') return add(turn, step.factor);
      if (form.act === 'choose' && 'others' in step) return choose(turn, step.others, form);
      if (form.act === 'back') return { login: withoutChoice(login) };
      return withCeremony(turn, form);
    }
    case 'choose':
      return choose(turn, step.between, form);
    case 'introduce':
      return { login: { ...login, introduced: true, wizard: true } };
    case 'codes-low':
      return { login: { ...login, warned: true } };
    case 'announce':
      return { login: { ...login, announced: true, early: form.act === 'answer' } };
    case 'offer':
      return offered(turn, step.factor, form);
    case 'consent':
      return { login: { ...login, consented: true } };
    case 'locked':
    case 'refused':
    case 'done':
      return {};
  }
}

function withCeremony(turn: Turn, form: Form): Promise<Move> | Move {
  const ceremony = ceremonyOf(turn, form.by);
  if (ceremony === undefined) return {};
  return turn.standing.step.at === 'identify' ? identify(turn, ceremony, form) : judge(turn, ceremony, form);
}

/** The way to a reset begins at a challenge, or before it is known who is there. */
function mayBegin({ standing: { step, facts } }: Turn): boolean {
  return step.at === 'identify' || (step.at === 'prove' && mayReset(facts));
}

/**
 * An answer to another step is a stale tab and harmless. One to a factor that was never offered, or from a page that was shown
 * to somebody else, is not: it costs an attempt.
 */
async function foreignAnswer(turn: Turn, form: Form): Promise<Problem | undefined> {
  const { standing } = turn;
  const { step, login, account, facts } = standing;
  const named = form.step ?? '';
  const bound = form.bound ?? '';
  const sameAccount = bound === '' || bound === binding(turn);
  if (named === stepName(step) && sameAccount) return undefined;
  const [, factor] = named.split(':');
  const offered = [
    ...('others' in step ? step.others : []),
    ...('factor' in step ? [step.factor] : []),
    ...('between' in step ? step.between : []),
    ...login.proofs.map((proof) => proof.factor),
    ...facts.usable,
  ];
  if (account !== undefined && (!sameAccount || (factor !== undefined && !offered.includes(factor)))) {
    await costs(turn, account.id);
    return { code: sameAccount ? 'not-offered' : 'stale' };
  }
  return { code: 'stale' };
}

/** An answer that no page of ours leads to costs an attempt. Its owner hears of a block that comes of it, as of any other. */
async function costs({ needs, standing, trail }: Turn, account: string): Promise<void> {
  const attempt = await needs.lockouts.spend(account);
  trail.note('sign-in.foreign-answer', account, { step: stepName(standing.step) });
  if (attempt.granted && attempt.left === 0) trail.note('sign-in.blocked', account);
}

async function choose(turn: Turn, from: readonly string[], form: Form): Promise<Move> {
  const { standing } = turn;
  const chosen = form.factor ?? '';
  if (chosen === '') return { problem: { code: 'malformed', field: 'factor' } };
  if (from.includes(chosen)) return { login: { ...standing.login, chosen } };
  if (standing.account !== undefined) await costs(turn, standing.account.id);
  return { problem: { code: 'not-offered' } };
}

/** One more of what is being proved, once it is. */
function add({ needs, standing }: Turn, name: FactorName): Move {
  if (!mayHaveAnother(needs, standing, name)) return { problem: { code: 'not-offered' } };
  return { login: { ...standing.login, adding: name } };
}

/** Yes or not now; either way it is not offered again in this login. */
function offered({ needs, standing, trail }: Turn, factor: FactorName, form: Form): Move {
  const { login, account } = standing;
  const answered = { ...login, offers: login.offers.filter((one) => one !== factor) };
  if (form.act !== 'later') return { login: { ...answered, adding: factor } };
  trail.note('factor.postponed', account?.id, { factor });
  return { login: answered, ...(account && { postponed: postponing(needs, account.id) }) };
}

function withoutDetour({ detour: _, ...login }: Login): Login {
  return login;
}

function withoutChoice({ chosen: _, adding: _added, ...login }: Login): Login {
  return login;
}
