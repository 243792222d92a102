import type { FactorName } from './factor.ts';
import type { Epoch, Login, Proof, StepName } from './login.ts';

/** One gate. Any of `any` opens it; `instead` does too, where the person holds one of `any`. */
export interface Stage {
  readonly any: readonly FactorName[];
  readonly instead: readonly FactorName[];
  /** A remembered device may stand in for the proof, where the person holds one of `any`. */
  readonly remembered: boolean;
  /** Milliseconds since the Unix epoch: what was proved before then does not open it. */
  readonly since?: number;
}

/** What is true of the account at this moment. Read anew for every request, never kept. */
export interface Facts {
  readonly epoch: Epoch;
  /** Second factors set up, switched-off ones included. */
  readonly held: readonly FactorName[];
  /** Factors that can be proved now, recovery codes and those of the first stage included. */
  readonly usable: readonly FactorName[];
  readonly preferred?: FactorName;
  /** This browser, or the session that goes on, has a device of this account that may stand in for a second factor. */
  readonly remembered: boolean;
  /** The account may set up a factor without proving one: it never held one and its organization allows that, or it has a permit. */
  readonly permit: boolean;
  /** Factors that staff prepared for this account: to confirm one of those takes no other permit. */
  readonly prepared: readonly FactorName[];
  /** Recovery codes left. */
  readonly codes: number;
  /** Milliseconds since the Unix epoch. */
  readonly lockedUntil?: number;
  /** Until when who holds none is let in without a second factor; milliseconds since the Unix epoch. Absent where that is nothing new. */
  readonly grace?: number;
  /** Why this account may not come in at all, although it proved who it is. */
  readonly barred?: 'organization' | 'subject';
  /** What may be offered for set-up: the person's organization allows it. */
  readonly offerable: readonly FactorName[];
  /** What stands in for a second factor (recovery codes): made anew when the person asks for that. */
  readonly standIns: readonly FactorName[];
  /** The client is not the deployment's own and the person has not agreed yet. */
  readonly consentMissing: boolean;
  readonly now: number;
}

/**
 * Why a login cannot go on:
 * - `stale`: the account changed since it began
 * - `organization`: the client is not for this person's organization
 * - `subject`: the request named somebody else
 * - `switched-off`: no factor it holds can be used
 * - `no-method`: nothing that is allowed would be enough
 */
export const refusals = ['stale', 'organization', 'subject', 'switched-off', 'no-method'] as const;
export type Refusal = (typeof refusals)[number];

export type Step =
  | { readonly at: 'identify'; readonly by: readonly FactorName[] }
  | { readonly at: 'locked'; readonly until: number }
  | { readonly at: 'introduce' }
  | { readonly at: 'choose'; readonly between: readonly FactorName[] }
  | { readonly at: 'prove'; readonly factor: FactorName; readonly others: readonly FactorName[] }
  | {
      readonly at: 'enrol';
      readonly factor: FactorName;
      readonly others: readonly FactorName[];
      readonly optional?: true;
    }
  | { readonly at: 'keep-codes' }
  | { readonly at: 'codes-low'; readonly left: number }
  | { readonly at: 'announce'; readonly until: number }
  | { readonly at: 'offer'; readonly factor: FactorName }
  /** A factor has to be set up. The account held one once, or its organization wants a permit, and there is none. */
  | { readonly at: 'permit' }
  | { readonly at: 'reset' }
  | { readonly at: 'consent' }
  | { readonly at: 'refused'; readonly reason: Refusal }
  | { readonly at: 'done'; readonly account: string; readonly proofs: readonly Proof[] };

/** With this many recovery codes left or fewer, the person is told to make new ones. */
const FEW_CODES = 2;

/**
 * The whole of sign-in: which step a login is at. Synchronous and total; it asks no clock, store or request.
 *
 * @param stages the gates, in order; the first one identifies the person
 */
export function nextStep(login: Login, stages: readonly Stage[], facts: Facts): Step {
  const [first] = stages;
  const { account } = login;
  if (account === undefined || first === undefined || !proved(login, first, facts)) {
    return { at: 'identify', by: first?.any ?? [] };
  }
  if (login.epoch !== facts.epoch) return { at: 'refused', reason: 'stale' };
  if (facts.barred !== undefined) return { at: 'refused', reason: facts.barred };

  const missing = stages.find((stage) => !proved(login, stage, facts) && (isLocked(facts) || !covers(stage, facts)));
  const resets = login.detour === 'reset' && mayReset(facts);
  if (missing !== undefined || resets) {
    if (isLocked(facts)) return { at: 'locked', until: facts.lockedUntil };
    if (resets) return { at: 'reset' };
  }
  const door = { login, account, first, facts };
  return missing === undefined ? afterwards(door) : pass(door, missing);
}

/** Somebody who passed the first stage. */
interface Door {
  readonly login: Login;
  readonly account: string;
  readonly first: Stage;
  readonly facts: Facts;
}

/** How a stage that is still shut can be passed. */
function pass({ login, first, facts }: Door, stage: Stage): Step {
  const ways = usable(opening(stage, facts), facts);
  if (ways.length > 0) return prove(login, ways, facts);

  // What the person holds cannot open this stage. Before another factor is set up, one of those held must be proved:
  // a stolen password must never be enough.
  if (facts.held.length > 0 && !provedBeyond(login, first, facts)) {
    return prove(
      login,
      facts.usable.filter((factor) => isBeyond(factor, first, facts)),
      facts,
    );
  }
  if (facts.held.length > 0 || facts.permit) return enrol(login, stage.any);
  const prepared = stage.any.filter((factor) => facts.prepared.includes(factor));
  return prepared.length > 0 ? enrol(login, prepared) : { at: 'permit' };
}

function prove(login: Login, ways: readonly FactorName[], facts: Facts): Step {
  const factor = ways.find((way) => way === login.chosen) ?? ways.find((way) => way === facts.preferred) ?? ways[0];
  if (factor === undefined) return { at: 'refused', reason: 'switched-off' };
  return { at: 'prove', factor, others: ways.filter((way) => way !== factor) };
}

function enrol(login: Login, any: readonly FactorName[]): Step {
  if (any.length === 0) return { at: 'refused', reason: 'no-method' };
  if (!login.introduced) return { at: 'introduce' };
  const factor = any.length === 1 ? any[0] : any.find((way) => way === login.chosen);
  if (factor === undefined) return { at: 'choose', between: any };
  return { at: 'enrol', factor, others: any.filter((way) => way !== factor) };
}

/** What remains once every gate is open. */
function afterwards({ login, account, first, facts }: Door): Step {
  const beyond = provedBeyond(login, first, facts);
  // The same rule as at a gate: who holds a factor must have proved one, who holds none needs a permit, and nobody may during a block.
  const mayAdd = !isLocked(facts) && (facts.held.length > 0 ? beyond : facts.permit);
  if (mayAdd && login.adding !== undefined && facts.offerable.includes(login.adding)) {
    return { at: 'enrol', factor: login.adding, others: [], optional: true };
  }
  if (mayAdd && login.adding !== undefined && facts.held.length > 0 && facts.standIns.includes(login.adding)) {
    return { at: 'keep-codes' };
  }
  // What a session brought along is no reason to show new codes, or to warn once more.
  const given = login.proofs.slice(login.brought);
  if (facts.held.length > 0 && given.some(({ factor }) => isBeyond(factor, first, facts))) {
    if (facts.codes === 0) return { at: 'keep-codes' };
    const usedCode = given.some(({ factor }) => !first.any.includes(factor) && !facts.held.includes(factor));
    if (usedCode && facts.codes <= FEW_CODES && !login.warned) return { at: 'codes-low', left: facts.codes };
  }
  // Told once in a sign-in, and not again in a session that goes on.
  const isNews = facts.held.length === 0 && given.length > 0 && !login.announced;
  if (facts.grace !== undefined && isNews) return { at: 'announce', until: facts.grace };
  const offer = login.offers.find((factor) => facts.offerable.includes(factor) && !facts.held.includes(factor));
  if (mayAdd && offer !== undefined) return { at: 'offer', factor: offer };
  if (facts.consentMissing && !login.consented) return { at: 'consent' };
  return { at: 'done', account, proofs: login.proofs };
}

/** The factors that open a stage for this account. A substitute opens it only for who holds what it stands in for. */
function opening({ any, instead }: Stage, { held }: Facts): readonly FactorName[] {
  return any.some((factor) => held.includes(factor)) ? [...any, ...instead] : any;
}

function proved({ proofs }: Login, stage: Stage, facts: Facts): boolean {
  const { since = 0 } = stage;
  return proofs.some(({ factor, at }) => at >= since && opening(stage, facts).includes(factor));
}

/** Whether a remembered device stands in for the proof. A block closes that way, too: `nextStep` sees to it. */
function covers({ remembered, any }: Stage, facts: Facts): boolean {
  return remembered && facts.remembered && any.some((factor) => facts.held.includes(factor));
}

/** Whether a login would not be as far as it is without a remembered device. */
export function leansOnDevice(login: Login, stages: readonly Stage[], facts: Facts): boolean {
  return stages.some((stage) => !proved(login, stage, facts) && covers(stage, facts));
}

/** Whether anything was proved beyond what the first stage asks of everybody. */
function provedBeyond({ proofs }: Login, first: Stage, facts: Facts): boolean {
  return proofs.some(({ factor }) => isBeyond(factor, first, facts));
}

/** A factor that can stand first (a passkey) is beyond the first stage for who holds it: not everybody has one. */
function isBeyond(factor: FactorName, first: Stage, { held }: Facts): boolean {
  return held.includes(factor) || !first.any.includes(factor);
}

/** Whether there is something to reset, and a recovery code to do it with. */
export function mayReset({ held, codes }: Pick<Facts, 'held' | 'codes'>): boolean {
  return held.length > 0 && codes > 0;
}

function isLocked(facts: Facts): facts is Facts & { readonly lockedUntil: number } {
  return facts.lockedUntil !== undefined && facts.now < facts.lockedUntil;
}

function usable(factors: readonly FactorName[], facts: Facts): readonly FactorName[] {
  return factors.filter((factor, index) => facts.usable.includes(factor) && factors.indexOf(factor) === index);
}

/** The name a form must carry to answer a step. */
export function stepName(step: Step): StepName {
  return 'factor' in step ? `${step.at}:${step.factor}` : step.at;
}
