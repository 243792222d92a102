import { randomUUID } from 'node:crypto';
import type { Account } from '../../../domain/account.ts';
import type { Enrolment, EnrolmentSet } from '../../../domain/enrolment.ts';
import type { Actor } from '../actor.ts';
import type { Needs } from '../needs.ts';
import { Refusal } from '../refusal.ts';
import { noteAbout } from './note-about.ts';

/**
 * Puts another number in the place of the one that somebody is reached at, or none. It is unconfirmed: its owner proves it at a sign-in.
 * A confirmed one that goes ends sessions; with the last second factor the recovery codes go, and one must be set up before anything else.
 * @param number E.164; absent to take away what there is
 * @throws {Refusal} `changed`
 */
export async function reachAt(
  needs: Needs,
  actor: Actor,
  { account, number }: { readonly account: Account; readonly number?: string },
): Promise<void> {
  const set = await needs.enrolments.of(account.id);
  const reaching = needs.factors.filter(({ reachedAt }) => reachedAt !== undefined);
  const isReached = ({ factor }: Enrolment) => reaching.some(({ name }) => name === factor);
  const gone = set.enrolments.filter(isReached);
  const prepared =
    number === undefined ? [] : reaching.map((factor) => enrolmentFor(needs, account, { factor, number }));
  const nothingLeft = gone.length > 0 && secondOf(needs, set).every(isReached);
  const removed = nothingLeft ? set.enrolments : gone;
  const preparation = {
    prepared,
    removed: [...removed, ...set.provisional.filter(isReached)].map(({ id }) => id),
    toSetUp: nothingLeft,
  };
  if (!(await needs.enrolments.prepare(account.id, preparation, set.version))) throw new Refusal('changed');

  for (const { factor, id } of gone) {
    await noteAbout(needs, { actor, account }, { type: 'factor.removed', details: { factor, enrolment: id } });
  }
  const type = number === undefined ? 'account.phone-removed' : 'account.phone-entered';
  await noteAbout(needs, { actor, account }, { type });
  if (gone.length > 0) await needs.endSessions(account.id);
}

function secondOf({ factors }: Needs, { enrolments }: EnrolmentSet): readonly Enrolment[] {
  const codes = factors.filter(({ role }) => role === 'recovery').map(({ name }) => name);
  return enrolments.filter(({ factor }) => !codes.includes(factor));
}

function enrolmentFor(
  { clock }: Needs,
  account: Account,
  { factor, number }: { readonly factor: Needs['factors'][number]; readonly number: string },
): Enrolment {
  const secret = factor.reachedAt?.(number);
  const lookup = factor.lookup?.(secret);
  return {
    id: randomUUID(),
    account: account.id,
    factor: factor.name,
    secret,
    ...(lookup !== undefined && { lookup }),
    version: 0,
    createdAt: clock.now(),
    failures: 0,
  };
}
