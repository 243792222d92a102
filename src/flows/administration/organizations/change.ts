import { z } from 'zod';
import { difference } from '../../../domain/difference.ts';
import type { Organization } from '../../../domain/organization.ts';
import { act } from '../act.ts';
import type { Actor } from '../actor.ts';
import type { Needs } from '../needs.ts';
import { note } from '../note.ts';
import { seenOrganization } from '../reach.ts';
import { Refusal, taken } from '../refusal.ts';
import { organization, organizationFields } from '../shapes/organization.ts';
import { id, version } from '../shapes/values.ts';
import { type EnteredOrganization, entering } from './entered.ts';
import { viewOf } from './view.ts';

/** What superusers decide for their own organization; everything else is for administrators. */
export const superusersFields: readonly (keyof EnteredOrganization)[] = [
  'secondFactorRequired',
  'secondFactorFrom',
  'methods',
  'numberChange',
  'passkeysCountAsBoth',
  'rememberedDevices',
  'reason',
  'contact',
];

/** One in so many more than were agreed to may be without a factor by now: people come and go while somebody reads. */
const TOLERATED = 10;

export const changeOrganization = act({
  name: 'organization.change',
  summary:
    'Changes what is given. Demanding a second factor of everybody, or sooner, takes the number of people without one.',
  role: 'superuser',
  scope: 'organizations:write',
  reads: false,
  input: organizationFields.partial().extend({
    id,
    version,
    confirm: z.int().min(0).describe('`withoutFactor` of the readiness, as whoever decides saw it.').exactOptional(),
  }),
  output: organization,
  run: async (needs, actor, { id: wanted, version: seen, confirm, ...entered }) => {
    const { value: before, version: current } = await seenOrganization(needs, actor, wanted);
    checkRights(actor, entered);
    if (current !== seen) throw new Refusal('changed');
    const after = entering(needs, before, entered);
    if (demandsMore(before, after, needs.clock.now())) await checkConfirmed(needs, before, confirm);
    const outcome = await needs.organizations.replace(after, seen);
    if (outcome === 'changed') throw new Refusal('changed');
    if (outcome === 'taken') throw taken('code');
    const changes = difference(before, after, []);
    await note(needs, actor, { type: 'organization.changed', organization: after.id, ...changes });
    return viewOf(needs, { value: after, version: seen + 1 });
  },
});

/** @throws {Refusal} `forbidden` */
function checkRights({ role }: Actor, entered: EnteredOrganization): void {
  const others = Object.keys(entered).some((name) => !superusersFields.some((own) => own === name));
  if (role !== 'administrator' && others) throw new Refusal('forbidden');
}

/** Whether people must have a second factor who need not have had one, or sooner than they were told. */
function demandsMore(before: Organization, after: Organization, now: number): boolean {
  const since = ({ secondFactorRequired, secondFactorFrom = 0 }: Organization) =>
    secondFactorRequired ? Math.max(secondFactorFrom, now) : Number.POSITIVE_INFINITY;
  return since(after) < since(before);
}

/** @throws {Refusal} `confirm`: nobody agreed, or to fewer people than there are */
async function checkConfirmed({ organizations }: Needs, { id: of }: Organization, confirm?: number): Promise<void> {
  const { withoutFactor } = await organizations.readiness(of);
  if (confirm === undefined || withoutFactor > confirm + Math.ceil(confirm / TOLERATED)) throw new Refusal('confirm');
}
