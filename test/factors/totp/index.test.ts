import { expect } from 'chai';
import fc from 'fast-check';
import { createGuardrails, generateSync } from 'otplib';
import { totp } from '../../../src/factors/totp/index.ts';
import { FakeClock } from '../../support/clock.ts';
import { settings as usual } from '../settings.ts';
import { accepted, authenticating, bothCeremonies, enrolling, enrolmentOf, proving } from '../subjects.ts';
import { writtenForms } from '../typed-codes.ts';

const key = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const settings = { ...usual, issuerName: 'Sluis: the lock' };

function setUp() {
  const clock = new FakeClock();
  const { enrolment, authentication } = bothCeremonies(totp({ clock, settings }));
  /** The code that an app shows, some steps from now. */
  const code = (steps = 0, of = key) =>
    generateSync({ secret: of, epoch: Math.floor(clock.now() / 1000) + 30 * steps });
  const step = () => Math.floor(clock.now() / 30_000);
  return { clock, enrolment, authentication, prove: proving(authentication, 'totp'), code, step };
}

describe('totp', () => {
  describe('setting up', () => {
    it('shows a new key of 20 bytes, for scanning and for typing', async () => {
      const { enrolment } = setUp();
      const { remember, show } = await enrolment.start(enrolling);
      const state = remember as { key: string };
      expect(state.key).to.match(/^[A-Z2-7]{32}$/);
      expect(show).to.deep.equal({
        uri: `otpauth://totp/Sluis%20%20the%20lock:alice%40example.org?secret=${state.key}&issuer=Sluis%20%20the%20lock`,
        key: state.key.match(/.{4}/g)?.join(' '),
        digits: 6,
      });
      expect((await enrolment.start(enrolling)).remember).not.to.deep.equal(remember);
    });

    it('ends with the first right code, which then is used', async () => {
      const { enrolment, prove, code, step } = setUp();
      const { remember } = await enrolment.start(enrolling);
      const { key } = remember as { key: string };
      const finish = (typed: string) => enrolment.finish(enrolling, remember, { code: typed });
      const wrong = code(0, key) === '000000' ? '000001' : '000000';
      expect(await finish(wrong)).to.deep.equal({ ok: false, reason: 'wrong' });
      expect(await finish('12345')).to.deep.equal({ ok: false, reason: 'malformed', field: 'code' });
      const { secret, amr } = await accepted(finish(code(0, key)));
      expect(amr).to.deep.equal(['otp']);
      expect(secret).to.include({ key, lastStep: step() });
      expect(await prove(secret, code(0, key))).to.deep.equal({ ok: false, reason: 'wrong' });
      expect(await prove(secret, code(1, key))).to.include({ ok: true, enrolment: 'e-1' });
    });

    it('fails on a damaged state', async () => {
      const { enrolment, code } = setUp();
      const failed = await enrolment.finish(enrolling, { key: 'x' }, { code: code() }).catch(String);
      expect(failed).to.equal('Error: The state of setting up totp cannot be read');
    });
  });

  describe('proving', () => {
    it('says how long the codes are', async () => {
      const { authentication } = setUp();
      for (const [stored, digits] of [
        [{ key }, 6],
        [{ key, digits: 8 }, 8],
      ] as const) {
        const { show } = await authentication.start(authenticating([enrolmentOf('totp', stored)]));
        expect(show).to.deep.equal({ digits });
      }
    });

    it('accepts a code once', async () => {
      const { clock, prove, code, step } = setUp();
      const first = code();
      const { secret, amr } = await accepted(prove({ key }, first));
      expect(amr).to.deep.equal(['otp']);
      expect(secret).to.include({ lastStep: step() });
      for (const again of [
        first,
        ` ${first.slice(0, 3)} ${first.slice(3)} `,
        first.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
      ]) {
        expect(await prove(secret, again), again).to.deep.equal({ ok: false, reason: 'wrong' });
      }
      clock.advance(30_000);
      expect(await prove(secret, first)).to.deep.equal({ ok: false, reason: 'wrong' });
      expect(await prove(secret, code())).to.include({ ok: true });
    });

    it('refuses an older code after a newer one', async () => {
      const { prove, code } = setUp();
      const { secret } = await accepted(prove({ key }, code(1)));
      expect(await prove(secret, code(0))).to.deep.equal({ ok: false, reason: 'wrong' });
      expect(await prove(secret, code(-1))).to.deep.equal({ ok: false, reason: 'wrong' });
    });

    it('accepts keys of ten bytes, eight digits and other algorithms of other systems', async () => {
      const { clock, prove } = setUp();
      const imported = { key: 'JBSWY3DPEHPK3PXP', algorithm: 'sha512', digits: 8, period: 60 } as const;
      const { key: secret, ...options } = imported;
      const guardrails = createGuardrails({ MIN_SECRET_BYTES: 10 });
      const code = generateSync({ ...options, secret, epoch: clock.now() / 1000, guardrails });
      expect(await prove(imported, code)).to.include({ ok: true });
      expect(await prove(imported, code.slice(2))).to.deep.equal({ ok: false, reason: 'malformed', field: 'code' });
    });

    it('finds the app that the code is from', async () => {
      const { authentication, code } = setUp();
      const other = 'JBSWY3DPEHPK3PXP';
      const enrolments = [enrolmentOf('totp', { key: other }, 'e-1'), enrolmentOf('totp', { key }, 'e-2')];
      const verdict = await authentication.finish(authenticating(enrolments), undefined, { code: code() });
      expect(verdict).to.include({ ok: true, enrolment: 'e-2' });
    });

    for (const [what, typed] of [
      ['nothing', ''],
      ['five digits', '12345'],
      ['seven digits', '1234567'],
      ['letters', '12345a'],
      ['digits of another script', '١٢٣٤٥٦'],
      ['a sign', '+12345'],
      ['a megabyte', '1'.repeat(1_000_000)],
    ] as const) {
      it(`calls ${what} malformed`, async () => {
        const { prove } = setUp();
        expect(await prove({ key }, typed)).to.deep.equal({ ok: false, reason: 'malformed', field: 'code' });
      });
    }

    it('calls a missing code malformed', async () => {
      const { authentication } = setUp();
      const verdict = await authentication.finish(authenticating([enrolmentOf('totp', { key })]), undefined, {});
      expect(verdict).to.deep.equal({ ok: false, reason: 'malformed', field: 'code' });
    });

    it('fails on a damaged secret, without telling it', async () => {
      const { prove } = setUp();
      const failed = await prove({ key, lastStep: 'hunter2' }, '123456').catch(String);
      expect(failed).to.equal('Error: The totp secret cannot be read');
    });

    it('reads a right code however it is written, and accepts none twice', async () => {
      const { prove, code } = setUp();
      await fc.assert(
        fc.asyncProperty(writtenForms(code()), writtenForms(code()), async (typed, again) => {
          const { secret } = await accepted(prove({ key }, typed));
          expect(await prove(secret, again)).to.deep.equal({ ok: false, reason: 'wrong' });
        }),
      );
    });

    it('accepts codes of three steps and of no others', async () => {
      const { clock, prove, code } = setUp();
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: -20, max: 20 }), fc.nat(1e9), async (steps, later) => {
          clock.advance(later);
          const near = [-1, 0, 1].map((drift) => code(drift)).includes(code(steps));
          expect((await prove({ key }, code(steps))).ok).to.equal(near);
        }),
      );
    });

    it('never goes back in time', async () => {
      const { clock, prove, code } = setUp();
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.integer({ min: -1, max: 1 }), fc.nat(60_000)), { maxLength: 8 }),
          async (tries) => {
            let secret: unknown = { key };
            let newest = 0;
            for (const [drift, later] of tries) {
              clock.advance(later);
              const verdict = await prove(secret, code(drift));
              if (verdict.ok !== true) continue;
              secret = verdict.secret;
              const { lastStep } = secret as { lastStep: number };
              expect(lastStep).to.be.greaterThan(newest);
              newest = lastStep;
            }
          },
        ),
      );
    });

    it('accepts no random text', async () => {
      const { prove, code } = setUp();
      const right = new Set([-1, 0, 1].map((drift) => code(drift)));
      const texts = fc
        .oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^\d{6}$/))
        .filter((text) => !right.has(text));
      await fc.assert(
        fc.asyncProperty(texts, async (typed) => {
          expect((await prove({ key }, typed)).ok).to.equal(false);
        }),
      );
    });
  });
});
