import { expect } from 'chai';
import type { z } from 'zod';
import type { Role } from '../../../src/domain/account.ts';
import type { Act } from '../../../src/flows/administration/act.ts';
import type { Actor } from '../../../src/flows/administration/actor.ts';
import { changeOrganization } from '../../../src/flows/administration/organizations/change.ts';
import { createOrganization } from '../../../src/flows/administration/organizations/create.ts';
import { listOrganizations } from '../../../src/flows/administration/organizations/list.ts';
import { readinessOfOrganization } from '../../../src/flows/administration/organizations/readiness.ts';
import { showOrganization } from '../../../src/flows/administration/organizations/show.ts';
import { outcomeOf } from '../../support/refused.ts';
import { openWorld, pairs, type World } from '../../support/world.ts';

const DAY = 24 * 3_600_000;

/** Somebody who acts. @param organization absent: everywhere */
const actor = (role: Role, organization?: string): Actor => ({
  account: `a ${role}`,
  role,
  ...(organization !== undefined && { organization }),
  proved: true,
  visitor: { address: '192.0.2.7' },
});
const administrator = actor('administrator');

for (const pair of pairs) {
  describe(`organizations, by administrators, on ${pair}`, () => {
    let world: World;

    before(async () => {
      world = await openWorld(pair, {
        lines: [
          { type: 'organization', id: 'noord', code: 'NOORD', name: 'Noord' },
          { type: 'organization', id: 'zuid', code: 'ZUID', name: 'Zuid' },
          ...['a', 'b', 'c'].map((username) => ({ type: 'account', organization: 'NOORD', username })),
        ],
      });
    });
    after(() => world.close());

    const perform = <Input extends z.ZodType, Output extends z.ZodType>(
      act: Act<Input, Output>,
      as: Actor,
      given: object,
    ): Promise<z.output<Output>> => world.administration.perform(act, { actor: as, given });
    const versionOf = async (id: string) => (await world.stores.organizationDirectory.find(id))?.version ?? 0;
    const change = async (fields: object, { as = administrator, id = 'noord' } = {}) =>
      outcomeOf(perform(changeOrganization, as, { id, version: await versionOf(id), ...fields }));

    it('are seen by staff: their own alone, but for administrators', async () => {
      const everything = await perform(listOrganizations, administrator, { limit: 2 });
      expect([everything.items.length, typeof everything.next]).to.deep.equal([2, 'string']);
      for (const role of ['accountant', 'superuser'] as const) {
        const own = actor(role, 'noord');
        expect((await perform(listOrganizations, own, {})).items.map(({ id }) => id)).to.deep.equal(['noord']);
        expect((await perform(showOrganization, own, { id: 'noord' })).name).to.equal('Noord');
        expect(await outcomeOf(perform(showOrganization, own, { id: 'zuid' }))).to.deep.equal(['not-found']);
      }
      const alone: Actor = { ...actor('superuser'), organization: null };
      expect((await perform(listOrganizations, alone, {})).items).to.deep.equal([]);
      expect(
        await outcomeOf(perform(readinessOfOrganization, actor('accountant', 'noord'), { id: 'noord' })),
      ).to.deep.equal(['forbidden']);
    });

    it('are created by administrators, with a code of their own, and written down', async () => {
      const made = await perform(createOrganization, administrator, { code: 'OOST', name: 'Oost', methods: ['totp'] });
      expect(made).to.include({ code: 'OOST', secondFactorRequired: false, version: 1 });
      expect(made.warnings).to.deep.equal(['one-method']);
      expect((await perform(showOrganization, administrator, { id: made.id })).methods).to.deep.equal(['totp']);
      expect(await outcomeOf(perform(createOrganization, administrator, { code: ' oost', name: 'x' }))).to.deep.equal([
        'taken',
        'code taken',
      ]);
      const as = actor('superuser', 'noord');
      expect(await outcomeOf(perform(createOrganization, as, { code: 'n', name: 'n' }))).to.deep.equal(['forbidden']);
      expect((await world.auditRows()).map(({ type }) => type)).to.include('organization.created');
    });

    it('are changed by their superuser as far as that is theirs, and by nobody of another one', async () => {
      const as = actor('superuser', 'noord');
      const words = { reason: { nl: 'Omdat', en: ' ' }, contact: { en: 'Call us' }, numberChange: false };
      expect(await change({ ...words, passkeysCountAsBoth: false, rememberedDevices: 30 }, { as })).to.deep.equal([]);
      const changed = await perform(showOrganization, as, { id: 'noord' });
      expect(changed).to.deep.include({ reason: { nl: 'Omdat' }, contact: { en: 'Call us' }, rememberedDevices: 30 });
      for (const fields of [
        { name: 'x' },
        { code: 'x' },
        { firstSetUp: 'permit' },
        { permitsWaived: true },
        { minimumAcr: null },
        { authenticators: null },
      ]) {
        expect(await change(fields, { as }), JSON.stringify(fields)).to.deep.equal(['forbidden']);
        expect((await change(fields, { as: actor('accountant', 'noord') }))[0]).to.equal('forbidden');
        expect(await change(fields, { as: actor('superuser', 'zuid') })).to.deep.equal(['not-found']);
      }
      expect(await change({ reason: {} }, { as: { ...as, proved: false } })).to.deep.equal(['unproved']);
    });

    it('take no field that is not theirs, and no method that there is not', async () => {
      expect(await change({ id: 'noord', epoch: 3, methods: [] })).to.deep.equal([
        'invalid',
        'methods too-short',
        'epoch unknown-field',
      ]);
      expect(await change({ methods: ['totp', 'totp', 'magic'] })).to.deep.equal([
        'invalid',
        'methods.1 repeated',
        'methods.2 unknown-factor',
      ]);
      expect(await change({ secondFactorFrom: world.clock.now() + DAY })).to.deep.equal([
        'invalid',
        'secondFactorFrom not-used',
      ]);
    });

    it('tell the second of two administrators, and keep what the first did', async () => {
      const version = await versionOf('zuid');
      const both = ['One', 'Other'].map((name) =>
        outcomeOf(perform(changeOrganization, administrator, { id: 'zuid', version, name })),
      );
      expect((await Promise.all(both)).map(String).sort()).to.deep.equal(['', 'changed']);
      expect(await versionOf('zuid')).to.equal(version + 1);
    });

    it('say what they risk', async () => {
      expect(await change({ permitsWaived: true, minimumAcr: 'phr' }, { id: 'zuid' })).to.deep.equal([]);
      const { warnings } = await perform(showOrganization, administrator, { id: 'zuid' });
      expect(warnings).to.deep.equal(['level-out-of-reach', 'permits-waived']);
    });

    it('demand a second factor of everybody only when the number of those without one was agreed to', async () => {
      const on = { secondFactorRequired: true };
      expect(await perform(readinessOfOrganization, administrator, { id: 'noord' })).to.deep.equal({
        people: 3,
        withoutFactor: 3,
      });
      expect(await change(on)).to.deep.equal(['confirm']);
      expect(await change({ ...on, confirm: 0 })).to.deep.equal(['confirm']);
      expect(await change({ ...on, secondFactorFrom: world.clock.now(), confirm: 3 })).to.deep.equal([
        'invalid',
        'secondFactorFrom past',
      ]);
      const from = world.clock.now() + 30 * DAY;
      expect(await change({ ...on, secondFactorFrom: from, confirm: 3 })).to.deep.equal([]);
      // Later costs nobody anything; sooner is asked for again.
      expect(await change({ secondFactorFrom: from + DAY })).to.deep.equal([]);
      expect(await change({ secondFactorFrom: from })).to.deep.equal(['confirm']);
      expect(await change({ secondFactorFrom: null })).to.deep.equal(['confirm']);
      expect(await change({ secondFactorFrom: null, confirm: 3 })).to.deep.equal([]);
      expect(await change({ secondFactorRequired: false })).to.deep.equal([]);
    });

    it('keep no date of grace from what is not demanded', async () => {
      const from = world.clock.now() + DAY;
      await change({ secondFactorRequired: true, secondFactorFrom: from, confirm: 3 });
      expect(await change({ secondFactorRequired: false, secondFactorFrom: from })).to.deep.equal([]);
      expect((await perform(showOrganization, administrator, { id: 'noord' })).secondFactorFrom).to.equal(null);
    });
  });
}
