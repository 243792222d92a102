import { expect } from 'chai';
import { MFA, SFA } from '../../../src/domain/acr.ts';
import { stepName } from '../../../src/domain/step.ts';
import type { Screen } from '../../../src/flows/sign-in/screen.ts';
import { appCode, throughWizard, wrongCode } from '../../support/codes.ts';
import { PASSWORD } from '../../support/seed.ts';
import { Sitting } from '../../support/sitting.ts';
import { openWorld, pairs, type World } from '../../support/world.ts';

const at = ({ step }: Screen) => stepName(step);
const DAY = 24 * 3_600_000;
const WRONG = '00000000';

const lines = [
  // Needs no second factor, and shall set one up all the same.
  { type: 'account', organization: 'MOLEN', username: 'lies', password: PASSWORD, secondFactorRequired: true },
  { type: 'account', organization: 'DEVRIES', username: 'otto', password: PASSWORD },
  { type: 'organization', code: 'WAIVED', name: 'Waived BV', permitsWaived: true },
  { type: 'account', organization: 'WAIVED', username: 'wim', password: PASSWORD, secondFactorRequired: true },
];

for (const pair of pairs) {
  describe(`a reset with a recovery code, on ${pair}`, () => {
    let world: World;
    /** Of noor, who has an app. */
    let codes: string[];
    let key: string;
    beforeEach(async () => {
      world = await openWorld(pair, { lines });
      ({ codes, key } = await settled('noor', 'DEVRIES'));
    });
    afterEach(() => world.close());
    const sit = (from: object = {}, request: object = {}) => new Sitting(world.signIn, request, from);
    const events = async () => (await world.auditRows()).map(({ type }) => type);
    const setOf = async (name: string, office: string) => {
      const organization = await world.needs.organizations.byCode(office);
      const account = await world.needs.accounts.byName(name, organization?.id);
      return world.needs.enrolments.of(account?.id ?? '');
    };

    /** Somebody who has been through the wizard. */
    async function settled(name: string, office: string) {
      const sitting = sit();
      await sitting.password(name, office);
      const kept = await throughWizard(world.clock, sitting);
      world.clock.advance(60_000);
      return kept;
    }

    /** At the page that asks for the code. */
    async function atReset(name = 'noor', office = 'DEVRIES'): Promise<Sitting> {
      const sitting = sit();
      const challenge = await sitting.password(name, office);
      expect(challenge.mayReset, 'a challenge leads to it').to.equal(true);
      expect(at(await sitting.answer({ act: 'reset' }))).to.equal('reset');
      return sitting;
    }

    it('takes factor and codes away, and leads back to sign-in and through the wizard', async () => {
      const sitting = await atReset();
      const code = codes[2] ?? '';
      const begun = await sitting.code(` ${code.slice(0, 4)} - ${code.slice(4)} `);
      expect([at(begun), begun.notice]).to.deep.equal(['identify', 'reset']);
      expect((await sitting.look()).notice, 'a reload says so once more').to.equal('reset');
      const { enrolments, epoch, toSetUp } = await setOf('noor', 'DEVRIES');
      expect([enrolments.length, epoch, toSetUp]).to.deep.equal([0, 1, true]);

      const intro = await sitting.password('noor', 'DEVRIES');
      expect([at(intro), intro.wizard, intro.notice]).to.deep.equal(['introduce', 1, undefined]);
      const { codes: fresh } = await throughWizard(world.clock, sitting);
      expect(fresh).to.have.length(6);
      expect(fresh).to.not.have.members(codes);
      expect((await sitting.look()).outcome).to.include({ acr: MFA });

      const next = sit();
      expect(at(await next.password('noor', 'DEVRIES'))).to.equal('prove:totp');
      await next.answer({ act: 'choose', factor: 'recovery-code' });
      expect((await next.code(codes[0] ?? '')).problem?.code, 'the old codes are gone').to.equal('wrong');
      expect(await events()).to.include.members(['factor.reset', 'permit.given']);
    });

    it('leads to the wizard where the office asks for no second factor, too', async () => {
      const { codes } = await settled('lies', 'MOLEN');
      await world.stores.database.kysely
        .updateTable('accounts')
        .set({ second_factor_required: 0 })
        .where('username', '=', 'lies')
        .execute();
      const sitting = await atReset('lies', 'MOLEN');
      await sitting.code(codes[0] ?? '');
      expect(at(await sit().password('lies', 'MOLEN')), 'a password alone').to.equal('permit');
      expect(at(await sitting.password('lies', 'MOLEN'))).to.equal('introduce');
      await throughWizard(world.clock, sitting);
      expect((await sitting.look()).outcome).to.include({ acr: MFA });
    });

    it('needs no permit where the office waives them', async () => {
      const { codes } = await settled('wim', 'WAIVED');
      await (await atReset('wim', 'WAIVED')).code(codes[0] ?? '');
      expect(at(await sit().password('wim', 'WAIVED'))).to.equal('introduce');
    });

    it('is left for the challenge again, and nothing happened', async () => {
      const sitting = await atReset();
      expect(at(await sitting.answer({ act: 'back' }))).to.equal('prove:totp');
      expect(at(await sitting.code(appCode(world.clock, key)))).to.equal('done');
    });

    it('can be asked for before the password, and leads nowhere for who has nothing to reset', async () => {
      const sitting = sit();
      const before = await sitting.answer({ act: 'reset' });
      expect([at(before), before.detour]).to.deep.equal(['identify', 'reset']);
      expect(at(await sitting.password('noor', 'DEVRIES'))).to.equal('reset');

      const teun = sit();
      await teun.answer({ act: 'reset' });
      const challenge = await teun.password('teun', 'DEVRIES');
      expect([at(challenge), challenge.mayReset], 'no codes').to.deep.equal(['prove:totp', undefined]);
      const mila = sit();
      await mila.answer({ act: 'reset' });
      expect(at(await mila.password('mila', 'MOLEN'))).to.equal('done');
      const otto = sit();
      await otto.answer({ act: 'reset' });
      await otto.password('otto', 'DEVRIES');
      await throughWizard(world.clock, otto);
      expect(at(await otto.look()), 'new codes are no reason to spend one').to.equal('done');
    });

    it('happens from a step-up, too, and ends the session that asked', async () => {
      const first = sit();
      await first.password('noor', 'DEVRIES');
      const { outcome } = await first.code(appCode(world.clock, key));
      if (outcome === undefined) throw new Error('noor signs in');
      const session = { account: outcome.account, epoch: outcome.epoch, proofs: outcome.proofs.slice(0, 1) };
      const stepUp = sit({}, { session, acceptableAcrs: [MFA] });
      expect(at(await stepUp.look())).to.equal('prove:totp');
      await stepUp.answer({ act: 'reset' });
      expect(at(await stepUp.code(codes[0] ?? ''))).to.equal('identify');
      const stale = await sit({}, { session: { ...session, proofs: outcome.proofs } }).look();
      expect([at(stale), stale.problem?.code]).to.deep.equal(['identify', 'changed']);
    });

    describe('the code', () => {
      it('counts with all other wrong ones, and a block closes this page as well', async () => {
        const challenge = sit();
        await challenge.password('noor', 'DEVRIES');
        expect((await challenge.code(wrongCode(world.clock, key))).problem).to.deep.equal({ code: 'wrong', left: 2 });
        const sitting = await atReset();
        expect((await sitting.code(WRONG)).problem).to.deep.equal({ code: 'wrong', left: 1 });
        expect(at(await sitting.code(WRONG))).to.equal('locked');

        const right = await sitting.post({ step: 'reset', code: codes[0] ?? '' });
        expect(at(right)).to.equal('locked');
        expect((await setOf('noor', 'DEVRIES')).enrolments, 'nothing was reset').to.have.length(2);
        world.clock.advance(15 * 60_000);
        expect(at(await sitting.look())).to.equal('reset');
        expect((await sitting.code(codes[0] ?? '')).notice).to.equal('reset');
      });

      it('leads to a block that its owner hears of, also when a forged answer is the last attempt', async () => {
        const sitting = await atReset();
        for (let tries = 0; tries < 2; tries += 1) await sitting.code(WRONG);
        expect(await events()).to.not.include('sign-in.blocked');
        expect(at(await sitting.answer({ step: 'prove:nothing' }))).to.equal('locked');
        expect(await events()).to.include('sign-in.blocked');
      });

      it('is accepted after a new password, which lifts the block', async () => {
        const sitting = await atReset();
        for (let tries = 0; tries < 3; tries += 1) await sitting.code(WRONG);
        const { outcome: _, account } = await sitting.look();
        await world.stores.accounts.setPassword(account?.id ?? '', 'an entirely new password');
        await world.needs.lockouts.clear(account?.id ?? '');
        const next = sit();
        await next.password('noor', 'DEVRIES', 'an entirely new password');
        await next.answer({ act: 'reset' });
        expect((await next.code(codes[0] ?? '')).notice).to.equal('reset');
      });

      it('is nothing when it cannot be one, and counts for nothing', async () => {
        const sitting = await atReset();
        for (const code of ['', '1234', 'abcdefgh', '123456789']) {
          expect((await sitting.code(code)).problem, code).to.deep.equal({ code: 'malformed', field: 'code' });
        }
        expect((await sitting.code(WRONG)).problem?.left).to.equal(2);
      });

      it('of another account is wrong, and stays good there', async () => {
        const others = await settled('otto', 'DEVRIES');
        const sitting = await atReset();
        expect((await sitting.code(others.codes[0] ?? '')).problem?.code).to.equal('wrong');
        const owner = await atReset('otto');
        expect((await owner.code(others.codes[0] ?? '')).notice).to.equal('reset');
        expect((await setOf('noor', 'DEVRIES')).enrolments).to.have.length(2);
      });

      it('resets once, however often it is sent at once, and to however many sign-ins', async () => {
        const other = await world.again();
        try {
          const processes = pair === 'PostgreSQL and Redis' ? [world.signIn, other.signIn] : [world.signIn];
          const sittings: Sitting[] = [];
          // One after the other: passwords at once are slowed down.
          for (let count = 0; count < 50; count += 1) {
            const sitting = new Sitting(processes[count % processes.length] ?? world.signIn);
            await sitting.password('noor', 'DEVRIES');
            expect(at(await sitting.answer({ act: 'reset' }))).to.equal('reset');
            sittings.push(sitting);
          }
          const ends = await Promise.all(sittings.map((sitting) => sitting.code(codes[0] ?? '')));
          expect(ends.filter(({ notice }) => notice === 'reset')).to.have.length(1);
          expect(await setOf('noor', 'DEVRIES')).to.deep.include({ enrolments: [], epoch: 1 });
          expect((await events()).filter((type) => type === 'factor.reset')).to.have.length(1);
        } finally {
          await other.close();
        }
      });

      it('of either of two different ones sent at once resets once', async () => {
        const sittings = [await atReset(), await atReset()];
        const ends = await Promise.all(sittings.map((sitting, index) => sitting.code(codes[index] ?? '')));
        expect(ends.filter(({ notice }) => notice === 'reset')).to.have.length(1);
      });
    });

    describe('meanwhile', () => {
      it('a sign-in parked at the challenge, or at the wizard’s codes, starts again', async () => {
        const parked = sit();
        await parked.password('noor', 'DEVRIES');
        await (await atReset()).code(codes[0] ?? '');
        const screen = await parked.code(appCode(world.clock, key));
        expect([at(screen), screen.problem?.code]).to.deep.equal(['identify', 'changed']);
      });

      it('a reset parked in one tab goes on after somebody signed in with another', async () => {
        const parked = await atReset();
        const other = sit();
        await other.password('noor', 'DEVRIES');
        await other.answer({ act: 'choose', factor: 'recovery-code' });
        expect(at(await other.code(codes[0] ?? ''))).to.equal('done');
        expect((await parked.code(codes[0] ?? '')).problem?.code, 'used meanwhile').to.equal('wrong');
        expect((await parked.code(codes[1] ?? '')).notice).to.equal('reset');
      });

      it('an answer of another tab to the challenge is stale and harmless', async () => {
        const sitting = await atReset();
        const { bound = '' } = await sitting.look();
        const screen = await sitting.post({ step: 'prove:totp', bound, code: appCode(world.clock, key) });
        expect([at(screen), screen.problem?.code]).to.deep.equal(['reset', 'stale']);
        expect((await sitting.code(WRONG)).problem?.left).to.equal(2);
      });
    });

    describe('who knows the password alone', () => {
      it('gets nowhere by waiting for the reset, in whatever browser', async () => {
        const owner = await atReset();
        await owner.code(codes[0] ?? '');
        const thief = sit({ permits: ['A'.repeat(43)] });
        expect(at(await thief.password('noor', 'DEVRIES'))).to.equal('permit');
        for (const step of ['introduce', 'choose', 'enrol:totp']) {
          const screen = await thief.post({ step, factor: 'totp', code: '123456' });
          expect(at(screen), step).to.equal('permit');
        }
        expect((await setOf('noor', 'DEVRIES')).enrolments).to.have.length(0);
      });

      it('cannot use the permit of another account', async () => {
        const others = await settled('otto', 'DEVRIES');
        const otto = await atReset('otto');
        await otto.code(others.codes[0] ?? '');
        await (await atReset()).code(codes[0] ?? '');
        expect(at(await sit({ permits: otto.permits }).password('noor', 'DEVRIES'))).to.equal('permit');
        expect(at(await sit({ permits: otto.permits }).password('otto', 'DEVRIES'))).to.equal('introduce');
      });
    });

    describe('the permit of the browser', () => {
      let permits: readonly string[];
      beforeEach(async () => {
        const sitting = await atReset();
        await sitting.code(codes[0] ?? '');
        ({ permits } = sitting);
        expect(permits).to.have.length(1);
      });

      it('is good for a day', async () => {
        world.clock.advance(DAY - 1);
        expect(at(await sit({ permits }).password('noor', 'DEVRIES'))).to.equal('introduce');
        world.clock.advance(1);
        expect(at(await sit({ permits }).password('noor', 'DEVRIES'))).to.equal('permit');
      });

      it('ends in the middle of the wizard, too', async () => {
        const sitting = sit({ permits });
        await sitting.password('noor', 'DEVRIES');
        await sitting.answer({});
        world.clock.advance(DAY);
        const late = sit({ permits });
        expect(at(await late.password('noor', 'DEVRIES'))).to.equal('permit');
      });

      it('is worth nothing once the account changed', async () => {
        const { account } = await sit({ permits }).password('noor', 'DEVRIES');
        await world.stores.accounts.setPassword(account?.id ?? '', PASSWORD);
        expect(at(await sit({ permits }).password('noor', 'DEVRIES'))).to.equal('permit');
      });

      it('sets one factor up, in however many windows', async () => {
        const windows = [sit({ permits }), sit({ permits })];
        const keys: string[] = [];
        for (const window of windows) {
          await window.password('noor', 'DEVRIES');
          await window.answer({});
          keys.push(((await window.look()).show as { key: string }).key);
        }
        const ends = await Promise.all(windows.map((window, index) => window.code(appCode(world.clock, keys[index]))));
        expect(ends.map(at).sort()).to.deep.equal(['keep-codes', 'prove:totp']);
        expect((await setOf('noor', 'DEVRIES')).enrolments).to.have.length(1);
        const left = await world.stores.database.kysely.selectFrom('permits').selectAll().execute();
        expect(left, 'it has done what it was for').to.deep.equal([]);
      });

      it('is stored as a digest alone', async () => {
        const stored = await world.stores.database.kysely.selectFrom('permits').selectAll().execute();
        expect(stored).to.have.length(1);
        expect(JSON.stringify(stored)).to.not.contain(permits[0]);
      });
    });

    it('keeps nobody who proved a factor from a sign-in without one', async () => {
      const sitting = sit();
      expect(at(await sitting.password('mila', 'MOLEN'))).to.equal('done');
      expect((await sitting.look()).outcome).to.include({ acr: SFA });
    });
  });
}

for (const [format, count, pattern] of [
  ['1x16', 1, /^\d{4} - \d{4} - \d{4} - \d{4}$/],
  ['1x20', 1, /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){4}$/],
] as const) {
  describe(`a reset with a recovery code of ${format}`, () => {
    let world: World;
    beforeEach(async () => {
      world = await openWorld('SQLite and memory', { settings: { recoveryCodes: { format } } });
    });
    afterEach(() => world.close());

    it('takes it as it is shown, or in lower case with letters for digits', async () => {
      for (const write of [
        (code: string) => code,
        (code: string) => code.toLowerCase().replaceAll('-', '').replaceAll('0', 'o').replaceAll('1', 'l'),
      ]) {
        if (format === '1x16' && write('0') === 'o') continue;
        const sitting = new Sitting(world.signIn);
        await sitting.password('noor', 'DEVRIES');
        const { codes } = await throughWizard(world.clock, sitting);
        expect(codes).to.have.length(count);
        expect(codes[0]).to.match(pattern);
        world.clock.advance(60_000);
        const lost = new Sitting(world.signIn);
        await lost.password('noor', 'DEVRIES');
        const page = await lost.answer({ act: 'reset' });
        expect(page.show).to.deep.equal({ format });
        expect((await lost.code(write(codes[0] ?? ''))).notice).to.equal('reset');
        await lost.password('noor', 'DEVRIES');
        const again = await throughWizard(world.clock, lost);
        expect(again.codes[0]).to.match(pattern).and.not.equal(codes[0]);
        await world.needs.enrolments.reset((await lost.look()).account?.id ?? '');
        await world.stores.database.kysely.updateTable('factor_sets').set({ ever_held: 0, to_set_up: 0 }).execute();
      }
    });
  });
}
