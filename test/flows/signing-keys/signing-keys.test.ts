import { expect } from 'chai';
import { type Actor, commandLine } from '../../../src/flows/administration/actor.ts';
import { Refusal } from '../../../src/flows/administration/refusal.ts';
import type { Needs } from '../../../src/flows/signing-keys/needs.ts';
import { type Rotation, rotate } from '../../../src/flows/signing-keys/rotate.ts';
import { standingKeys } from '../../../src/flows/signing-keys/standing.ts';
import { withdraw } from '../../../src/flows/signing-keys/withdraw.ts';
import { ensureSigningKeys } from '../../../src/oidc/signing-keys.ts';
import { openWorld, pairs, type World } from '../../support/world.ts';

const HOUR = 3_600_000;
const keyTimes = { lead: HOUR, verification: 12 * HOUR };
const administrator: Actor = { ...commandLine, account: 'admin' };

for (const pair of pairs) {
  describe(`signing keys on ${pair}`, () => {
    let world: World;
    let needs: Needs;
    /** Another process. */
    let other: Needs;
    let closeOther: () => Promise<void>;

    before(async () => {
      world = await openWorld(pair);
      const again = await world.again();
      needs = { ...world.stores, clock: world.clock, keyTimes };
      other = { ...again.stores, clock: world.clock, keyTimes };
      closeOther = again.close;
    });
    after(async () => {
      await closeOther();
      await world.close();
    });
    beforeEach(async () => {
      for (const { id } of await needs.signingKeys.all()) await needs.signingKeys.remove(id);
      await world.stores.database.kysely.deleteFrom('audit_events').execute();
      await ensureSigningKeys(needs.signingKeys, world.clock);
    });

    /** The states of one algorithm's keys, the last to sign first. */
    async function states(seen = needs): Promise<string[]> {
      const keys = await standingKeys(seen);
      return keys.filter(({ algorithm }) => algorithm === 'ES256').map(({ state }) => state);
    }

    const rotated = (asked: Partial<Rotation> = {}, by: Actor = commandLine, at = needs) =>
      rotate(at, by, { algorithm: 'ES256', immediately: false, ...asked });

    const refusal = (trying: Promise<unknown>) =>
      trying.then(
        () => undefined,
        (error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error)),
      );

    async function signer(): Promise<string> {
      const keys = await standingKeys(needs);
      return keys.find(({ algorithm, state }) => algorithm === 'ES256' && state === 'signing')?.id ?? '';
    }

    async function audited() {
      const rows = await world.stores.database.kysely.selectFrom('audit_events').selectAll().orderBy('id').execute();
      return rows.map(({ type, actor, details }) => ({ type, actor, key: JSON.parse(details ?? '{}').key }));
    }

    it('are published first, sign later, and go once nothing that they signed is looked at', async () => {
      const first = await signer();
      world.clock.advance(HOUR);
      const next = await rotated({}, administrator);
      expect(next).to.include({ createdAt: world.clock.now(), signsFrom: world.clock.now() + HOUR });
      world.clock.advance(HOUR - 1);
      expect(await states()).to.deep.equal(['waiting', 'signing']);
      expect(await signer()).to.equal(first);
      world.clock.advance(1);
      expect(await states()).to.deep.equal(['signing', 'verifying']);
      expect(await signer()).to.equal(next.id);
      world.clock.advance(12 * HOUR - 1);
      expect(await states()).to.deep.equal(['signing', 'verifying']);
      world.clock.advance(1);
      // Whoever looks deletes it, private part and all, and one process alone writes that down.
      expect(await Promise.all([states(), states(other)])).to.deep.equal([['signing'], ['signing']]);
      const ids = (await needs.signingKeys.all()).map(({ id }) => id);
      expect(ids).to.include(next.id).and.not.include(first);
      expect(await audited()).to.deep.equal([
        { type: 'key.rotated', actor: 'admin', key: next.id },
        { type: 'key.retired', actor: null, key: first },
      ]);
    });

    it('wait one at a time, whoever asks', async () => {
      const asked = await Promise.all([needs, other, needs, other].map((at) => refusal(rotated({}, commandLine, at))));
      expect(asked.sort()).to.deep.equal(['waiting', 'waiting', 'waiting', undefined]);
      expect(await refusal(rotated({}, commandLine, other))).to.equal('waiting');
      expect(await states()).to.deep.equal(['waiting', 'signing']);
      expect((await audited()).map(({ type }) => type)).to.deep.equal(['key.rotated']);
    });

    it('sign at once where there was none', async () => {
      for (const { id } of await needs.signingKeys.all()) await needs.signingKeys.remove(id);
      const first = await rotated();
      expect(first.signsFrom).to.equal(first.createdAt);
      expect(await states()).to.deep.equal(['signing']);
    });

    it('are replaced at once where one leaked, which can then be withdrawn', async () => {
      const leaked = await signer();
      const waiting = await rotated();
      expect(await refusal(withdraw(needs, administrator, leaked))).to.equal('in-use');
      world.clock.advance(1);
      const next = await rotated({ immediately: true }, administrator, other);
      expect(await signer()).to.equal(next.id);
      expect(await refusal(withdraw(needs, administrator, next.id))).to.equal('in-use');
      world.clock.advance(1);
      await withdraw(needs, administrator, leaked);
      expect(await states(other)).to.deep.equal(['signing']);
      expect(await refusal(withdraw(needs, administrator, leaked))).to.equal('not-found');
      expect(await audited()).to.deep.equal([
        { type: 'key.rotated', actor: null, key: waiting.id },
        { type: 'key.rotated', actor: 'admin', key: next.id },
        { type: 'key.withdrawn', actor: 'admin', key: waiting.id },
        { type: 'key.withdrawn', actor: 'admin', key: leaked },
      ]);
      // It stays gone, and what signs goes on signing, whatever time passes.
      world.clock.advance(100 * HOUR);
      expect(await signer()).to.equal(next.id);
    });

    it('can be withdrawn while they wait: the one before goes on', async () => {
      const first = await signer();
      const { id } = await rotated();
      await withdraw(other, commandLine, id);
      world.clock.advance(100 * HOUR);
      expect(await signer()).to.equal(first);
      expect(await states()).to.deep.equal(['signing']);
    });
  });
}
