import { expect } from 'chai';
import { MFA, PHR, SFA } from '../../../src/domain/acr.ts';
import { busy } from '../../../src/domain/failure.ts';
import { stepName } from '../../../src/domain/step.ts';
import { isEnough } from '../../../src/flows/sign-in/assurance.ts';
import { createSignIn } from '../../../src/flows/sign-in/index.ts';
import type { Screen } from '../../../src/flows/sign-in/screen.ts';
import { appCode, wrongCode } from '../../support/codes.ts';
import { rejection } from '../../support/rejection.ts';
import { PASSWORD, seed } from '../../support/seed.ts';
import { Sitting } from '../../support/sitting.ts';
import { toyFactor } from '../../support/toy/factor.ts';
import { openWorld, pairs, visitor, type World } from '../../support/world.ts';

const at = ({ step }: Screen) => stepName(step);
const shown = (screen: Screen) => screen.show as { key: string; codes: string[] };

/** Goes through the wizard; answers the screen that follows it and the codes. */
async function throughWizard(world: World, sitting: Sitting): Promise<{ key: string; codes: string[]; end: Screen }> {
  await sitting.answer({});
  const { key } = shown(await sitting.look());
  const keep = await sitting.code(appCode(world.clock, key));
  expect(at(keep)).to.equal('keep-codes');
  const { codes } = shown(keep);
  return { key, codes, end: await sitting.answer({ kept: 'on' }) };
}

for (const pair of pairs) {
  describe(`signing in, on ${pair}`, () => {
    let world: World;
    beforeEach(async () => {
      world = await openWorld(pair, {
        lines: [{ type: 'account', organization: 'MOLEN', username: 'joep', password: PASSWORD }],
      });
    });
    afterEach(() => world.close());
    const sit = (...args: [request?: object, from?: object]) => new Sitting(world.signIn, ...args);

    it('lets people of the whole deployment in without an office code, and tells others to look at theirs', async () => {
      await seed({ ...world.stores, factors: world.needs.factors, clock: world.clock }, [
        { type: 'account', username: 'root', password: PASSWORD },
      ]);
      expect(at(await sit().password('root', ''))).to.equal('done');
      for (const [name, password] of [
        ['mila', PASSWORD],
        ['mila', 'wrong'],
        ['nobody', 'wrong'],
      ] as const) {
        expect((await sit().password(name, '', password)).problem, name).to.deep.equal({
          code: 'wrong',
          field: 'office',
        });
      }
    });

    describe('the main road', () => {
      it('lets in on the password where no more is asked', async () => {
        const end = await sit().password('mila', 'MOLEN');
        expect(at(end)).to.equal('done');
        expect(end.outcome)
          .to.include({ acr: SFA, stay: false })
          .and.deep.include({ amr: ['pwd'] });
      });

      it('leads through the wizard where a second factor is mandatory', async () => {
        const sitting = sit();
        const intro = await sitting.password('noor', 'devries ');
        expect([at(intro), intro.wizard]).to.deep.equal(['introduce', 1]);
        const enrol = await sitting.answer({});
        expect([at(enrol), enrol.wizard]).to.deep.equal(['enrol:totp', 2]);
        expect(shown(await sitting.look()).key, 'a reload shows the same key').to.equal(shown(enrol).key);
        const keep = await sitting.code(appCode(world.clock, shown(enrol).key));
        expect([at(keep), keep.wizard]).to.deep.equal(['keep-codes', 3]);
        expect(shown(keep).codes).to.have.length(6);
        const unticked = await sitting.answer({});
        expect(unticked.problem).to.deep.equal({ code: 'malformed', field: 'kept' });
        const end = await sitting.answer({ kept: 'on' });
        expect(end.outcome)
          .to.include({ acr: MFA })
          .and.deep.include({ amr: ['pwd', 'otp', 'mfa'] });
      });

      it('asks for the app next time, and for nothing after it', async () => {
        const { key } = await (async () => {
          const first = sit();
          await first.password('noor', 'DEVRIES');
          return throughWizard(world, first);
        })();
        world.clock.advance(60_000);
        const next = sit();
        expect(at(await next.password('noor', 'DEVRIES'))).to.equal('prove:totp');
        expect(at(await next.code(appCode(world.clock, key)))).to.equal('done');
      });

      it('asks whoever holds a factor, also where the organization does not', async () => {
        expect(at(await sit().password('bram', 'MOLEN'))).to.equal('prove:totp');
      });

      it('shows new codes to who closed the browser before keeping them', async () => {
        const first = sit();
        await first.password('noor', 'DEVRIES');
        await first.answer({});
        const { key } = shown(await first.look());
        const { codes } = shown(await first.code(appCode(world.clock, key)));
        world.clock.advance(60_000);
        const next = sit();
        await next.password('noor', 'DEVRIES');
        const keep = await next.code(appCode(world.clock, key));
        expect(at(keep)).to.equal('keep-codes');
        expect(shown(keep).codes).to.have.length(6).and.not.deep.equal(codes);
      });

      it('signs in with a recovery code, tells when few are left, and makes new ones after the last', async () => {
        const first = sit();
        await first.password('noor', 'DEVRIES');
        const { codes } = await throughWizard(world, first);
        const ends: string[] = [];
        for (const code of codes) {
          const next = sit();
          await next.password('noor', 'DEVRIES');
          await next.answer({ act: 'choose', factor: 'recovery-code' });
          const end = await next.code(code);
          ends.push(at(end));
          if (at(end) === 'codes-low') ends.push(at(await next.answer({})));
        }
        expect(ends).to.deep.equal(['done', 'done', 'done', 'codes-low', 'done', 'codes-low', 'done', 'keep-codes']);
      });

      it('has the classes of what was proved in the outcome of a recovery code', async () => {
        const first = sit();
        await first.password('noor', 'DEVRIES');
        const { codes } = await throughWizard(world, first);
        const next = sit();
        await next.password('noor', 'DEVRIES');
        await next.answer({ act: 'choose', factor: 'recovery-code' });
        const end = await next.code(codes[0] ?? '');
        expect(end.outcome)
          .to.include({ acr: MFA })
          .and.deep.include({ amr: ['pwd', 'otp', 'mfa'] });
      });
    });

    describe('wrong passwords', () => {
      it('look the same for an unknown name, another office, a disabled account and a wrong password', async () => {
        const screens = [
          await sit().password('nobody', 'MOLEN'),
          await sit().password('mila', 'DEVRIES'),
          await sit().password('mila', 'NOWHERE'),
          await sit().password('gone', 'MOLEN'),
          await sit().password('mila', 'MOLEN', 'wrong'),
        ];
        for (const screen of screens) {
          expect(screen.step).to.deep.equal({ at: 'identify', by: ['password'] });
          expect(screen.problem).to.deep.equal({ code: 'wrong' });
          expect(screen.account).to.equal(undefined);
        }
      });

      it('slow down by name, unknown ones too, and never shut out', async () => {
        for (const name of ['mila', 'nobody']) {
          for (let tries = 0; tries < 3; tries++) await sit().password(name, 'MOLEN', 'wrong');
          const slowed = await sit().password(name, 'MOLEN', 'wrong');
          expect(slowed.problem, name).to.deep.equal({ code: 'throttled', wait: 1_000 });
        }
        world.clock.advance(1_000);
        expect(at(await sit().password('mila', 'MOLEN'))).to.equal('done');
        expect(at(await sit().password('mila', 'MOLEN'))).to.equal('done');
      });

      it('are not forgiven by a right one of somebody in another office with the same name', async () => {
        const ends: string[] = [];
        for (let rounds = 0; rounds < 2; rounds++) {
          for (let tries = 0; tries < 2; tries++) {
            const { problem } = await sit().password('joep', 'DEVRIES', 'wrong');
            ends.push(problem?.code ?? '');
          }
          ends.push(at(await sit().password('joep', 'MOLEN')));
        }
        expect(ends).to.deep.equal(['wrong', 'wrong', 'done', 'wrong', 'throttled', 'done']);
      });

      it('wait one second growing to thirty', async () => {
        const waits: number[] = [];
        for (let tries = 0; tries < 10; tries++) {
          const { problem } = await sit().password('mila', 'MOLEN', 'wrong');
          if (problem?.wait === undefined) continue;
          waits.push(problem.wait / 1000);
          world.clock.advance(problem.wait);
          await sit().password('mila', 'MOLEN', 'wrong');
        }
        expect(waits).to.deep.equal([1, 2, 4, 8, 16, 30, 30]);
      });

      it('of a stranger cost nothing to a browser that signed in before', async () => {
        const home = await sit().password('mila', 'MOLEN');
        for (let tries = 0; tries < 9; tries++) await sit().password('mila', 'MOLEN', 'wrong');
        expect((await sit().password('mila', 'MOLEN')).problem?.code).to.equal('throttled');
        const browser = { id: 'b', names: [home.recognised ?? ''], postponed: [], accounts: [] };
        expect(at(await sit({}, { browser }).password('mila', 'MOLEN'))).to.equal('done');
      });

      it('slow down by address, whatever the names', async () => {
        for (let tries = 0; tries < 100; tries++) await sit().password(`nobody-${tries}`, 'MOLEN', 'wrong');
        expect((await sit().password('mila', 'MOLEN')).problem?.code).to.equal('throttled');
        expect(at(await sit({}, { address: '198.51.100.7' }).password('mila', 'MOLEN'))).to.equal('done');
      });

      it('are not counted when a field is empty', async () => {
        for (let tries = 0; tries < 5; tries++) {
          const { problem } = await sit().password('mila', 'MOLEN', '');
          expect(problem).to.include({ code: 'malformed', field: 'password' });
        }
        expect(at(await sit().password('mila', 'MOLEN'))).to.equal('done');
      });
    });

    describe('wrong codes', () => {
      const wrong = () => wrongCode(world.clock);
      const blocked = (screen: Screen) => {
        expect(screen.step).to.deep.equal({ at: 'locked', until: world.clock.now() + 15 * 60_000 });
      };

      it('say how many are left, and block for fifteen minutes from the third', async () => {
        const sitting = sit();
        await sitting.password('teun', 'DEVRIES');
        expect((await sitting.code(wrong())).problem).to.deep.equal({ code: 'wrong', left: 2 });
        expect((await sitting.code(wrong())).problem).to.deep.equal({ code: 'wrong', left: 1 });
        blocked(await sitting.code(wrong()));
      });

      it('count over several sign-ins, and a right one meanwhile is refused', async () => {
        for (let tries = 0; tries < 3; tries++) {
          const sitting = sit();
          await sitting.password('teun', 'DEVRIES');
          await sitting.code(wrong());
        }
        const sitting = sit();
        blocked(await sitting.password('teun', 'DEVRIES'));
        await sitting.post({ step: 'prove:totp', code: appCode(world.clock) });
        blocked(await sitting.look());
        world.clock.advance(15 * 60_000);
        expect(at(await sitting.look())).to.equal('prove:totp');
        expect(at(await sitting.code(appCode(world.clock)))).to.equal('keep-codes');
      });

      it('are judged three times among 200 sent at once', async () => {
        const sitting = sit();
        await sitting.password('teun', 'DEVRIES');
        const answers = await Promise.all(
          Array.from({ length: 200 }, () => sitting.post({ step: 'prove:totp', code: wrong() })),
        );
        expect(answers.filter(({ problem }) => problem?.code === 'wrong')).to.have.length(3);
        blocked(await sitting.look());
      });

      it('block through a restart', async () => {
        const sitting = sit();
        await sitting.password('teun', 'DEVRIES');
        for (let tries = 0; tries < 3; tries++) await sitting.code(wrong());
        const restarted = await world.again();
        try {
          blocked(await new Sitting(restarted.signIn).password('teun', 'DEVRIES'));
        } finally {
          await restarted.close();
        }
      });

      it('are not forgiven by a right password or a sign-in that is not finished', async () => {
        const sitting = sit();
        await sitting.password('teun', 'DEVRIES');
        await sitting.code(wrong());
        await sitting.code(wrong());
        expect(at(await sitting.code(appCode(world.clock))), 'its codes are yet to be kept').to.equal('keep-codes');
        const next = sit();
        await next.password('teun', 'DEVRIES');
        blocked(await next.code(wrong()));
      });

      it('are forgiven by a finished sign-in', async () => {
        const sitting = sit();
        await sitting.password('teun', 'DEVRIES');
        await sitting.code(wrong());
        await sitting.code(wrong());
        await sitting.code(appCode(world.clock));
        await sitting.answer({ kept: 'on' });
        const next = sit();
        await next.password('teun', 'DEVRIES');
        expect((await next.code(wrong())).problem).to.deep.equal({ code: 'wrong', left: 2 });
      });

      it('of somebody else keep nobody from the codes that are shown after the right one', async () => {
        const sitting = sit();
        await sitting.password('teun', 'DEVRIES');
        expect(at(await sitting.code(appCode(world.clock)))).to.equal('keep-codes');
        const stranger = sit();
        await stranger.password('teun', 'DEVRIES');
        for (let tries = 0; tries < 3; tries++) await stranger.code(wrong());
        blocked(await stranger.look());
        expect(at(await sitting.answer({ kept: 'on' }))).to.equal('done');
      });

      it('are only those that were judged: what a busy server turns away is not counted', async () => {
        const factors = world.needs.factors.map((factor) =>
          factor.name === 'totp' && factor.authentication !== undefined
            ? { ...factor, authentication: { ...factor.authentication, finish: () => Promise.reject(busy()) } }
            : factor,
        );
        const overrun = createSignIn({ ...world.needs, factors });
        const sitting = sit();
        await sitting.password('teun', 'DEVRIES');
        for (let tries = 0; tries < 3; tries++) {
          const turnedAway = rejection(overrun.answer(sitting.request, visitor, { step: 'prove:totp', code: wrong() }));
          expect(await turnedAway).to.have.property('code', 'busy');
        }
        expect((await sitting.code(wrong())).problem).to.deep.equal({ code: 'wrong', left: 2 });
      });

      it('are not forgiven by a consent or a step-up that rests on what was proved before', async () => {
        const first = sit();
        await first.password('teun', 'DEVRIES');
        await first.code(appCode(world.clock));
        const { outcome } = await first.answer({ kept: 'on' });
        if (outcome === undefined) throw new Error('teun signs in');
        const guess = async () => {
          const guesser = sit();
          await guesser.password('teun', 'DEVRIES');
          return guesser.code(wrong());
        };
        await guess();
        await guess();
        const session = { account: outcome.account, epoch: outcome.epoch, proofs: outcome.proofs };
        const consent = sit({ session, consent: { scopes: ['openid'], claims: [] } });
        expect(at(await consent.look())).to.equal('consent');
        expect(at(await consent.answer({}))).to.equal('done');
        blocked(await guess());
      });

      it('count while setting up, too', async () => {
        const sitting = sit();
        await sitting.password('noor', 'DEVRIES');
        await sitting.answer({});
        const { key } = shown(await sitting.look());
        for (let tries = 0; tries < 2; tries++) await sitting.code(wrongCode(world.clock, key));
        blocked(await sitting.code(wrongCode(world.clock, key)));
      });

      it('that could not have been right do not count', async () => {
        const sitting = sit();
        await sitting.password('teun', 'DEVRIES');
        for (const code of ['', '12345', 'abcdef', '1234567']) {
          expect((await sitting.code(code)).problem, code).to.deep.equal({ code: 'malformed', field: 'code' });
        }
        expect((await sitting.code(wrong())).problem).to.deep.equal({ code: 'wrong', left: 2 });
      });

      it('switch the factor off after a hundred in a row, over all blocks', async () => {
        for (let tries = 1; tries <= 100; tries++) {
          const sitting = sit();
          expect(at(await sitting.password('teun', 'DEVRIES')), `try ${tries}`).to.equal('prove:totp');
          await sitting.code(wrong());
          if (tries % 3 === 0) world.clock.advance(15 * 60_000);
        }
        const screen = await sit().password('teun', 'DEVRIES');
        expect(screen.step).to.deep.equal({ at: 'refused', reason: 'switched-off' });
      });
    });

    describe('the same code', () => {
      it('is accepted once, however it is written', async () => {
        const code = appCode(world.clock);
        const first = sit();
        await first.password('teun', 'DEVRIES');
        expect(at(await first.code(` ${code.slice(0, 3)} ${code.slice(3)} `))).to.equal('keep-codes');
        const wide = [...code].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join('');
        const second = sit();
        await second.password('teun', 'DEVRIES');
        expect((await second.code(wide)).problem?.code).to.equal('wrong');
      });

      it('is accepted once among many at once', async () => {
        const sittings = Array.from({ length: 3 }, () => sit());
        for (const sitting of sittings) await sitting.password('teun', 'DEVRIES');
        const ends = await Promise.all(sittings.map((sitting) => sitting.code(appCode(world.clock))));
        expect(ends.filter((end) => at(end) === 'keep-codes')).to.have.length(1);
      });

      it('is refused after a newer one', async () => {
        const older = appCode(world.clock);
        const first = sit();
        await first.password('teun', 'DEVRIES');
        expect(at(await first.code(appCode(world.clock, undefined, 1)))).to.equal('keep-codes');
        const second = sit();
        await second.password('teun', 'DEVRIES');
        expect((await second.code(older)).problem?.code).to.equal('wrong');
      });

      it('is accepted once when it is a recovery code sent fifty times', async () => {
        const first = sit();
        await first.password('noor', 'DEVRIES');
        const { codes } = await throughWizard(world, first);
        const sittings = Array.from({ length: 50 }, () => sit());
        for (const sitting of sittings) {
          await sitting.password('noor', 'DEVRIES');
          await sitting.answer({ act: 'choose', factor: 'recovery-code' });
        }
        const ends = await Promise.all(sittings.map((sitting) => sitting.code(codes[0] ?? '')));
        expect(ends.filter((end) => at(end) === 'done')).to.have.length(1);
      });
    });

    describe('somebody with a stolen password', () => {
      it('cannot set up another factor on an account that holds one', async () => {
        const sitting = sit({ acceptableAcrs: [MFA] });
        await sitting.password('teun', 'DEVRIES');
        for (const step of ['introduce', 'choose', 'enrol:totp']) {
          const screen = await sitting.post({ step, factor: 'totp', code: appCode(world.clock) });
          expect(at(screen), step).to.equal('prove:totp');
        }
        expect(await enrolled('teun', 'DEVRIES')).to.have.length(1);
      });

      it('cannot set one up on an account that ever held one', async () => {
        const id = await idOf('teun', 'DEVRIES');
        await world.needs.enrolments.remove(id);
        const screen = await sit().password('teun', 'DEVRIES');
        expect(screen.step).to.deep.equal({ at: 'permit' });
      });

      it('gets nowhere with a sign-in parked before the account was reset', async () => {
        const parked = sit();
        await parked.password('teun', 'DEVRIES');
        await world.needs.enrolments.remove(await idOf('teun', 'DEVRIES'));
        const screen = await parked.look();
        expect([at(screen), screen.problem?.code]).to.deep.equal(['identify', 'changed']);
      });
    });

    describe('the wizard', () => {
      it('ends with one factor when two of them run on one account', async () => {
        const one = sit();
        const other = sit();
        const keys = [];
        for (const sitting of [one, other]) {
          await sitting.password('noor', 'DEVRIES');
          await sitting.answer({});
          keys.push(shown(await sitting.look()).key);
        }
        const ends = await Promise.all([
          one.code(appCode(world.clock, keys[0])),
          other.code(appCode(world.clock, keys[1])),
        ]);
        expect(ends.map(at).sort()).to.deep.equal(['keep-codes', 'prove:totp']);
        expect(await enrolled('noor', 'DEVRIES')).to.have.length(1);
      });

      it('leaves nothing behind when it is not finished', async () => {
        const sitting = sit();
        await sitting.password('noor', 'DEVRIES');
        await sitting.answer({});
        await sitting.look();
        expect(await enrolled('noor', 'DEVRIES')).to.deep.equal([]);
        expect(at(await sit().password('noor', 'DEVRIES'))).to.equal('introduce');
      });
    });

    describe('pages out of turn', () => {
      it('show the step the login is at', async () => {
        const sitting = sit();
        const early = await sitting.post({ step: 'prove:totp', code: '123456' });
        expect([at(early), early.problem?.code]).to.deep.equal(['identify', 'stale']);
        await sitting.password('teun', 'DEVRIES');
        const stale = await sitting.post({ step: 'identify', username: 'mila', office: 'MOLEN', password: 'x' });
        expect([at(stale), stale.problem?.code, stale.account?.username]).to.deep.equal([
          'prove:totp',
          'stale',
          'teun',
        ]);
      });

      it('cost an attempt when the factor was never offered', async () => {
        const sitting = sit();
        await sitting.password('teun', 'DEVRIES');
        expect((await sitting.post({ step: 'prove:carrier-pigeon', code: '1' })).problem?.code).to.equal('not-offered');
        expect(
          (await sitting.post({ step: 'prove:totp', act: 'choose', factor: 'carrier-pigeon' })).problem?.code,
        ).to.equal('not-offered');
        await sitting.look();
        expect((await sitting.code(wrongCode(world.clock))).step.at).to.equal('locked');
      });

      it('cost an attempt when they were shown to somebody else', async () => {
        const sitting = sit();
        const { bound = '' } = await sitting.password('teun', 'DEVRIES');
        await sitting.answer({ act: 'restart' });
        await sitting.password('bram', 'MOLEN');
        const crossed = await sitting.post({ step: 'prove:totp', bound, code: appCode(world.clock) });
        expect([at(crossed), crossed.problem?.code]).to.deep.equal(['prove:totp', 'stale']);
        await sitting.look();
        expect((await sitting.code(wrongCode(world.clock))).problem).to.deep.equal({ code: 'wrong', left: 1 });
      });

      it('start anew for somebody else', async () => {
        const sitting = sit();
        await sitting.password('teun', 'DEVRIES');
        expect(at(await sitting.answer({ act: 'restart' }))).to.equal('identify');
        expect(at(await sitting.password('mila', 'MOLEN'))).to.equal('done');
      });
    });

    describe('a session that asks for more', () => {
      it('proves what is missing and keeps what it proved', async () => {
        const { outcome } = await sit().password('mila', 'MOLEN');
        if (outcome === undefined) throw new Error('mila signs in');
        const session = { account: outcome.account, epoch: outcome.epoch, proofs: outcome.proofs };
        const stepUp = sit({ session, acceptableAcrs: [MFA] });
        expect(at(await stepUp.look())).to.equal('introduce');
        const { end } = await throughWizard(world, stepUp);
        expect(end.outcome).to.deep.include({
          acr: MFA,
          amr: ['pwd', 'otp', 'mfa'],
          identifiedAt: outcome.identifiedAt,
        });
      });

      it('starts from nothing when the request wants it fresh', async () => {
        const { outcome } = await sit().password('mila', 'MOLEN');
        if (outcome === undefined) throw new Error('mila signs in');
        const session = { account: outcome.account, epoch: outcome.epoch, proofs: outcome.proofs };
        expect(at(await sit({ session, fresh: true }).look())).to.equal('identify');
      });

      it('is not asked anything about recovery codes that ran out since', async () => {
        const first = sit();
        await first.password('noor', 'DEVRIES');
        const { codes, end } = await throughWizard(world, first);
        if (end.outcome === undefined) throw new Error('noor signs in');
        for (const code of codes) {
          const next = sit();
          await next.password('noor', 'DEVRIES');
          await next.answer({ act: 'choose', factor: 'recovery-code' });
          await next.code(code);
        }
        const session = { account: end.outcome.account, epoch: end.outcome.epoch, proofs: end.outcome.proofs };
        expect(await isEnough(world.needs, { client: 'web', acceptableAcrs: [MFA], session })).to.equal(true);
        expect(at(await sit({ session, acceptableAcrs: [MFA] }).look()), 'no codes without a fresh factor').to.equal(
          'done',
        );
      });

      it('lets a wish go that nothing here can fulfil', async () => {
        expect(at(await sit({ acceptableAcrs: [PHR] }).password('mila', 'MOLEN'))).to.equal('done');
      });
    });

    it('is refused to whom the request does not mean', async () => {
      const screen = await sit({ subject: 'somebody-else' }).password('mila', 'MOLEN');
      expect(screen.step).to.deep.equal({ at: 'refused', reason: 'subject' });
    });

    it('writes every step to the audit log, without anything secret', async () => {
      const sitting = sit();
      await sitting.password('teun', 'DEVRIES', 'not the password');
      await sitting.password('teun', 'DEVRIES');
      await sitting.code(wrongCode(world.clock));
      const code = appCode(world.clock);
      await sitting.code(code);
      await sitting.answer({ kept: 'on' });
      const rows = await world.auditRows();
      expect(rows.map(({ type }) => type)).to.deep.equal([
        'sign-in.wrong',
        'sign-in.identified',
        'factor.wrong',
        'factor.proved',
        'factor.enrolled',
        'sign-in.new-device',
        'sign-in.finished',
      ]);
      const text = JSON.stringify(rows);
      for (const secret of ['not the password', code, 'teun', 'correct horse']) expect(text).not.to.include(secret);
    });

    async function idOf(username: string, code: string): Promise<string> {
      const organization = await world.needs.organizations.byCode(code);
      return (await world.needs.accounts.byName(username, organization?.id))?.id ?? '';
    }
    async function enrolled(username: string, code: string) {
      return (await world.needs.enrolments.of(await idOf(username, code))).enrolments;
    }
  });
}

describe('a factor that nobody foresaw', () => {
  let world: World;
  const toy = toyFactor();
  beforeEach(async () => {
    world = await openWorld('SQLite and memory', { settings: { methods: ['totp', 'toy'] }, factors: () => [toy] });
  });
  afterEach(() => world.close());

  it('appears in the wizard, the challenge and amr; asks twice and delivers once for each question', async () => {
    const sitting = new Sitting(world.signIn);
    await sitting.password('noor', 'DEVRIES');
    const choose = await sitting.answer({});
    expect(choose.step).to.deep.equal({ at: 'choose', between: ['totp', 'toy'] });
    expect(at(await sitting.answer({ factor: 'toy' }))).to.equal('enrol:toy');
    const before = toy.delivered.length;
    await Promise.all(Array.from({ length: 5 }, () => sitting.look()));
    expect(toy.delivered.length - before, 'a reload delivers nothing').to.equal(0);
    expect((await sitting.answer({ word: 'sesame' })).show).to.deep.equal({ asked: 'again' });
    expect(at(await sitting.answer({ word: 'sesame' }))).to.equal('keep-codes');
    await sitting.answer({ kept: 'on' });
    const next = new Sitting(world.signIn);
    expect(at(await next.password('noor', 'DEVRIES'))).to.equal('prove:toy');
    expect((await next.answer({ word: 'wait' })).problem).to.deep.equal({ code: 'pending' });
    await next.answer({ word: 'sesame' });
    const { outcome } = await next.answer({ word: 'sesame' });
    expect(outcome?.amr).to.deep.equal(['pwd', 'toy', 'mfa']);
  });

  it('delivers once when its first page is asked for many times at once', async () => {
    const sitting = new Sitting(world.signIn);
    await sitting.password('noor', 'DEVRIES');
    await sitting.answer({});
    const before = toy.delivered.length;
    await sitting.answer({ factor: 'toy' });
    await Promise.all(Array.from({ length: 20 }, () => sitting.look()));
    expect(toy.delivered.length - before).to.equal(1);
  });

  it('starts again when its time is over', async () => {
    const sitting = new Sitting(world.signIn);
    await sitting.password('noor', 'DEVRIES');
    await sitting.answer({});
    await sitting.answer({ factor: 'toy' });
    world.clock.advance(300_000);
    expect((await sitting.answer({ word: 'sesame' })).problem).to.deep.equal({ code: 'expired' });
  });
});
