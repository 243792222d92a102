import type { AuditEvent } from '../../domain/audit.ts';
import type { FactorName } from '../../domain/factor.ts';
import type { SessionStanding } from '../../domain/sign-in-request.ts';
import type { Needs } from './needs.ts';
import { type Owner, ownerOf, provedLately } from './owner.ts';
import { isNeeded, takenAlong } from './removal.ts';

/** One second factor that somebody set up, as they may see it. */
export interface OwnFactor {
  /** Id of the enrolment. */
  readonly id: string;
  readonly factor: FactorName;
  readonly name?: string;
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number;
  readonly lastUsedAt?: number;
  /** Too many wrong answers in a row switched it off. */
  readonly switchedOff: boolean;
  /** A second factor is demanded of this person, and without this one none that will do is left. */
  readonly needed: boolean;
}

/**
 * Why nothing was changed:
 * - `stale`: the account changed since the session began
 * - `unproved`: the session proved no second factor within the last ten minutes
 * - `unknown`: there is no such factor, or it takes no name
 * - `needed`: it cannot be removed
 * - `changed`: somebody else changed it at the same moment
 */
export type Refusal = 'stale' | 'unproved' | 'unknown' | 'needed' | 'changed';
export type Outcome = { readonly ok: true } | { readonly ok: false; readonly reason: Refusal };

/** Whose page this is, and where the request comes from. */
export interface Owning {
  readonly session: SessionStanding;
  readonly visitor: Required<Pick<AuditEvent, 'address' | 'requestId'>>;
}

/**
 * What people do with the second factors that they have set up. To set another one up is a sign-in: a request with `adding`
 * in the person's session.
 */
export interface OwnFactors {
  /** The oldest first; nothing for a session that is no longer good. */
  list(session: SessionStanding): Promise<readonly OwnFactor[]>;
  /** @param name anything; empty takes the name away */
  rename(owning: Owning, id: string, name: string): Promise<Outcome>;
  /**
   * Removes one. Sessions, sign-ins and tokens of before end with it, as for every change of what somebody signs in with.
   * Recovery codes go with the last factor that they stand in for.
   */
  remove(owning: Owning, id: string): Promise<Outcome>;
}

export function createOwnFactors(needs: Needs): OwnFactors {
  const refused = (reason: Refusal): Outcome => ({ ok: false, reason });
  const note = ({ visitor, session }: Owning, type: string, details: AuditEvent['details']) =>
    needs.audit.append([
      { at: needs.clock.now(), type, account: session.account, ...visitor, ...(details && { details }) },
    ]);

  /** The person, who proved a second factor not long ago, and the factor that they mean. */
  async function meant({ session }: Owning, id: string) {
    const owner = await ownerOf(needs, session);
    if (owner === undefined) return { reason: 'stale' } as const;
    if (!provedLately(needs, session)) return { reason: 'unproved' } as const;
    const enrolment = owner.second.find((one) => one.id === id);
    return enrolment === undefined ? ({ reason: 'unknown' } as const) : { owner, enrolment };
  }

  return {
    async list(session) {
      const owner = await ownerOf(needs, session);
      return owner === undefined ? [] : listed(needs, owner);
    },

    async rename(owning, id, name) {
      const found = await meant(owning, id);
      if ('reason' in found) return refused(found.reason);
      const { enrolment } = found;
      const { naming } = needs.factors.find((one) => one.name === enrolment.factor) ?? {};
      if (naming === undefined) return refused('unknown');
      const secret = naming.give(enrolment.secret, name);
      if (!(await needs.enrolments.replace({ ...enrolment, secret }))) return refused('changed');
      await note(owning, 'factor.renamed', { factor: enrolment.factor, enrolment: id });
      return { ok: true };
    },

    async remove(owning, id) {
      const found = await meant(owning, id);
      if ('reason' in found) return refused(found.reason);
      const { owner, enrolment } = found;
      if (isNeeded(needs, owner, enrolment)) return refused('needed');
      const ids = [id, ...takenAlong(needs, owner, enrolment)];
      if (!(await needs.enrolments.remove(enrolment.account, ids, owner.set.version))) return refused('changed');
      await note(owning, 'factor.removed', { factor: enrolment.factor, enrolment: id });
      return { ok: true };
    },
  };
}

function listed(needs: Needs, owner: Owner): readonly OwnFactor[] {
  return owner.second.map((enrolment) => {
    const { id, factor, createdAt, lastUsedAt, switchedOffAt } = enrolment;
    const name = needs.factors.find((one) => one.name === factor)?.naming?.of(enrolment.secret);
    return {
      id,
      factor,
      createdAt,
      switchedOff: switchedOffAt !== undefined,
      needed: isNeeded(needs, owner, enrolment),
      ...(name !== undefined && { name }),
      ...(lastUsedAt !== undefined && { lastUsedAt }),
    };
  });
}
