import { epochOf } from '../../domain/login.ts';
import type { OpenSession } from '../../domain/ports.ts';
import { noteChange } from '../own-factors/note.ts';
import { type Outcome, type Owning, refused } from '../own-factors/outcome.ts';
import { ownerOf } from '../own-factors/owner.ts';
import { admits, changer } from './admit.ts';
import { clientNames } from './client-names.ts';
import { type Device, deviceOf } from './device.ts';
import type { Needs } from './needs.ts';

/** Somewhere that the person is signed in. */
export interface OwnSession extends Omit<OpenSession, 'agent' | 'clients'> {
  /** The one that asks. */
  readonly here: boolean;
  readonly device: Device;
  /** Names of the applications that it was used at. */
  readonly applications: readonly string[];
}

/** The one that asks first, then the last used. */
export async function sessionsOf(needs: Needs, { session }: Owning): Promise<readonly OwnSession[]> {
  const open = await needs.listSessions(session.account, session.epoch);
  const shown = open.map(async ({ agent, clients, ...rest }): Promise<OwnSession> => {
    const applications = [...(await clientNames(needs, clients)).values()];
    return { ...rest, here: rest.uid === session.uid, device: deviceOf(agent), applications };
  });
  return (await Promise.all(shown)).sort((one, other) => Number(other.here) - Number(one.here));
}

/** Everything that was signed in, begun or granted before ends with the epoch, whatever process is asked: all but this session. */
export async function endOthers(needs: Needs, owning: Owning): Promise<Outcome> {
  const { session } = owning;
  if (!(await admits(needs, session, true))) return refused('unproved');
  const owner = await ownerOf(needs, session);
  if (owner === undefined) return refused('stale');
  const { account, set } = owner;
  if (!(await needs.enrolments.remove(account.id, [], set.version))) return refused('changed');
  await noteChange(needs, owning, [{ type: 'account.sessions-ended' }]);
  await needs.endSessions(account.id, session.uid);
  return { ok: true, epoch: epochOf(account, { epoch: set.epoch + 1 }) };
}

/** Ends one session, and tells its applications. To leave the one that asks, people sign out. */
export async function endOne(needs: Needs, owning: Owning, uid: string): Promise<Outcome> {
  const account = await changer(needs, owning);
  if (account === undefined) return refused('unproved');
  if (uid === owning.session.uid || !(await needs.endSession(account.id, uid))) return refused('unknown');
  await noteChange(needs, owning, [{ type: 'account.session-ended' }]);
  return { ok: true };
}
