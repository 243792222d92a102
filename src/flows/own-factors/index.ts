import type { FactorName } from '../../domain/factor.ts';
import type { SessionStanding } from '../../domain/sign-in-request.ts';
import { type OwnFactorsOverview, overviewOf } from './list.ts';
import type { Needs } from './needs.ts';
import { noteChange } from './note.ts';
import { type Outcome, type Owning, refused } from './outcome.ts';
import { type Owner, ownerOf, provedLately } from './owner.ts';
import { takeAway } from './take-away.ts';

/**
 * What people do with the second factors that they have set up. To set another one up is a sign-in: a request with `adding`
 * in the person's session.
 */
export interface OwnFactors {
  /** Undefined for a session that is no longer good. */
  show(session: SessionStanding): Promise<OwnFactorsOverview | undefined>;
  /** @param name anything; empty takes the name away */
  rename(owning: Owning, id: string, name: string): Promise<Outcome>;
  /** From now on this kind is asked for first. */
  prefer(owning: Owning, factor: FactorName): Promise<Outcome>;
  /** Recovery codes go with the last factor that they stand in for. */
  remove(owning: Owning, id: string): Promise<Outcome>;
  /**
   * Takes away what another one was set up in place of: only now, and only if that was done.
   * @param since when that was begun; milliseconds since the Unix epoch
   */
  replace(owning: Owning, ids: readonly string[], since: number): Promise<Outcome>;
  /** No second factor from now on, where none is demanded. */
  turnOff(owning: Owning): Promise<Outcome>;
}

export function createOwnFactors(needs: Needs): OwnFactors {
  /** The person, who proved a second factor not long ago. */
  async function proven({ session }: Owning): Promise<Owner | Outcome> {
    const owner = await ownerOf(needs, session);
    if (owner === undefined) return refused('stale');
    return provedLately(needs, session) ? owner : refused('unproved');
  }

  return {
    async show(session) {
      const owner = await ownerOf(needs, session);
      return owner === undefined ? undefined : overviewOf(needs, owner);
    },

    async rename(owning, id, name) {
      const owner = await proven(owning);
      if ('ok' in owner) return owner;
      const enrolment = owner.second.find((one) => one.id === id);
      const { naming } = needs.factors.find((one) => one.name === enrolment?.factor) ?? {};
      if (enrolment === undefined || naming === undefined) return refused('unknown');
      const secret = naming.give(enrolment.secret, name);
      if (!(await needs.enrolments.replace({ ...enrolment, secret }))) return refused('changed');
      const details = { factor: enrolment.factor, enrolment: id };
      await noteChange(needs, owning, [{ type: 'factor.renamed', details }]);
      return { ok: true };
    },

    async prefer(owning, factor) {
      const owner = await proven(owning);
      if ('ok' in owner) return owner;
      if (!owner.second.some((one) => one.factor === factor)) return refused('unknown');
      await needs.enrolments.prefer(owner.account.id, factor);
      await noteChange(needs, owning, [{ type: 'factor.preferred', details: { factor } }]);
      return { ok: true };
    },

    async remove(owning, id) {
      const owner = await proven(owning);
      if ('ok' in owner) return owner;
      if (!owner.second.some((one) => one.id === id)) return refused('unknown');
      return takeAway(needs, { owning, owner }, { ids: [id], type: 'factor.removed' });
    },

    async replace(owning, ids, since) {
      const owner = await proven(owning);
      if ('ok' in owner) return owner;
      const { second } = owner;
      const works = second.some(({ id, createdAt }) => createdAt >= since && !ids.includes(id));
      const old = second.filter(({ id }) => ids.includes(id)).map(({ id }) => id);
      if (!works || old.length === 0) return refused('unknown');
      return takeAway(needs, { owning, owner }, { ids: old, type: 'factor.replaced' });
    },

    async turnOff(owning) {
      const owner = await proven(owning);
      if ('ok' in owner) return owner;
      const ids = owner.second.map(({ id }) => id);
      return ids.length === 0
        ? refused('unknown')
        : takeAway(needs, { owning, owner }, { ids, type: 'factor.turned-off' });
    },
  };
}
