import type { Login } from '../../domain/login.ts';
import { Undelivered } from '../../domain/undelivered.ts';
import type { Bound } from './ceremonies.ts';
import type { Turn } from './turn.ts';

/**
 * Sends what a ceremony has to send, once the login that remembers it was saved. That it could not be sent is kept with the
 * challenge, so that a reload tells it, too; the challenge stays open, for the message may arrive all the same.
 *
 * @param opened the login as it was saved, with the version it has now
 * @returns the login as it stands now
 */
export async function deliver({ needs, standing, trail }: Turn, ceremony: Bound, opened: Login): Promise<Login> {
  const { place } = ceremony;
  const open = opened.open[place];
  if (open === undefined || ceremony.deliver === undefined) return opened;
  try {
    await ceremony.deliver(open.remember);
    return opened;
  } catch (error) {
    if (!(error instanceof Undelivered)) throw error;
    const { reason } = error;
    trail.note('factor.undelivered', standing.account?.id, { factor: ceremony.factor.name, reason });
    const failed = { ...opened, open: { ...opened.open, [place]: { ...open, undelivered: reason } } };
    // Whoever moved this login meanwhile knows better where it stands.
    return (await needs.logins.save(failed, needs.settings.lifetime))
      ? { ...failed, version: failed.version + 1 }
      : failed;
  }
}
