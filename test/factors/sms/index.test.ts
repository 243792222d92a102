import { expect } from 'chai';
import type { OutgoingText } from '../../../src/domain/ports.ts';
import { Undelivered } from '../../../src/domain/undelivered.ts';
import { sms } from '../../../src/factors/sms/index.ts';
import { createTexts } from '../../../src/web/texts.ts';
import { viewsDirectory } from '../../../src/web/views.ts';
import { FakeClock } from '../../support/clock.ts';
import { rejection } from '../../support/rejection.ts';
import { settings } from '../settings.ts';
import { authenticating, bothCeremonies, enrolling, enrolmentOf } from '../subjects.ts';

const NUMBER = '+31612345678';
const OTHER = '+31687654321';
const SECOND = 1_000;
const words = createTexts([viewsDirectory()]).text;

/** What a ceremony answers, as far as these tests look. */
interface Answer {
  readonly ok: unknown;
  readonly remember: unknown;
  readonly show: {
    readonly ask?: string;
    readonly number?: string;
    readonly resendAt?: number;
    readonly mayChange?: boolean;
  };
}

function setUp() {
  const clock = new FakeClock();
  const sent: OutgoingText[] = [];
  const textMessages = { send: async (outgoing: OutgoingText) => void sent.push(outgoing) };
  const factor = sms({ clock, settings, words, textMessages });
  const code = () => sent.at(-1)?.text.slice(-6) ?? '';
  const wrong = () => (code() === '000000' ? '111111' : '000000');
  return { clock, sent, factor, code, wrong, ...bothCeremonies(factor) };
}

const prepared = enrolmentOf('sms', { number: NUMBER }, 'p-1');
const withPrepared = { ...enrolling, provisional: prepared };
const held = authenticating([enrolmentOf('sms', { number: NUMBER })]);

describe('sms', () => {
  describe('while a phone is set up', () => {
    function sitting(subject = enrolling) {
      const parts = setUp();
      const { enrolment } = parts;
      let state: unknown;
      const take = async (answered: Promise<unknown>) => {
        const answer = (await answered) as Answer;
        if (answer.ok === undefined || answer.ok === 'more') {
          state = JSON.parse(JSON.stringify(answer.remember));
          await enrolment.deliver?.(subject, state);
        }
        return answer;
      };
      return {
        ...parts,
        start: () => take(enrolment.start(subject)),
        answer: (form: Record<string, string>) => take(enrolment.finish(subject, state, form)),
        stands: (other = subject) => enrolment.stands?.(other, state),
      };
    }

    it('asks for a number, sends a code there, and saves the number with the right code', async () => {
      const { start, answer, sent, code } = sitting();
      const { show } = await start();
      expect(show).to.deep.include({ ask: 'number', first: 6 });
      expect(show).to.have.deep.nested.property('countries[0]', { code: 'NL', calling: '31' });
      expect(sent).to.deep.equal([]);
      const asked = await answer({ number: '06 12345678', country: 'NL' });
      expect(asked.show).to.deep.include({ ask: 'code', number: '+31 6 12345678', mayChange: true });
      expect(sent).to.have.length(1);
      expect(sent[0]).to.deep.include({ account: 'a-1', number: NUMBER, address: '192.0.2.1' });
      expect(await answer({ code: code() })).to.deep.equal({ ok: true, secret: { number: NUMBER }, amr: ['sms'] });
    });

    it('shows the number that staff entered, and sends when that is agreed to', async () => {
      const { start, answer, sent, code } = sitting(withPrepared);
      expect((await start()).show).to.deep.equal({ ask: 'confirm', number: '+31 6 12345678', mayChange: true });
      expect(sent).to.deep.equal([]);
      expect((await answer({ number: OTHER })).show.number, 'what is posted does not matter').to.equal(
        '+31 6 12345678',
      );
      expect(await answer({ code: code() })).to.deep.include({ ok: true, secret: { number: NUMBER } });
    });

    it('says what is wrong with a number, whoever entered it', async () => {
      const own = sitting();
      await own.start();
      const fixed = { ok: false, reason: 'malformed', detail: 'number-fixed' };
      expect(await own.answer({ number: '020 1234567', country: 'NL' })).to.deep.equal({ ...fixed, field: 'number' });
      expect(own.sent).to.deep.equal([]);
      const entered = sitting({ ...enrolling, provisional: enrolmentOf('sms', { number: '+31201234567' }) });
      await entered.start();
      expect(await entered.answer({})).to.deep.equal(fixed);
      expect(entered.sent).to.deep.equal([]);
    });

    it('sends the same code again after a pause, as another message', async () => {
      const { start, answer, sent, clock } = sitting();
      await start();
      const { show } = await answer({ number: NUMBER });
      expect(show.resendAt).to.equal(clock.now() + 30 * SECOND);
      clock.advance(29 * SECOND);
      const early = { ok: false, reason: 'refused', detail: 'too-soon', wait: SECOND };
      expect(await answer({ act: 'resend' })).to.deep.equal(early);
      clock.advance(SECOND);
      expect((await answer({ act: 'resend' })).show.resendAt).to.equal(clock.now() + 30 * SECOND);
      expect(sent.map(({ text }) => text)).to.deep.equal([sent[0]?.text, sent[0]?.text]);
      expect(new Set(sent.map(({ id }) => id)).size).to.equal(2);
    });

    it('sends a new code when the old one has ended', async () => {
      const { start, answer, clock, code } = sitting();
      await start();
      await answer({ number: NUMBER });
      const old = code();
      clock.advance(600 * SECOND);
      expect(await answer({ code: old })).to.deep.equal({ ok: false, reason: 'expired', field: 'code' });
      await answer({ act: 'resend' });
      expect(await answer({ code: code() })).to.deep.include({ ok: true });
    });

    it('lets a number be changed, whose code is then worth nothing', async () => {
      const { start, answer, code, sent } = sitting(withPrepared);
      await start();
      await answer({});
      const old = code();
      expect((await answer({ act: 'change' })).show).to.deep.include({ ask: 'number', number: '+31 6 12345678' });
      await answer({ number: OTHER });
      expect(sent.map(({ number }) => number)).to.deep.equal([NUMBER, OTHER]);
      if (old !== code()) expect(await answer({ code: old })).to.deep.equal({ ok: false, reason: 'wrong' });
      expect(await answer({ code: code() })).to.deep.include({ ok: true, secret: { number: OTHER } });
    });

    it('sends nothing when the number was changed to the same one right away', async () => {
      const { start, answer, sent, code } = sitting();
      await start();
      await answer({ number: NUMBER });
      await answer({ act: 'change' });
      const again = await answer({ number: '06 12345678', country: 'NL' });
      expect(again.show, 'nobody can tell here whether that message was sent').to.include({
        ask: 'code',
        earlier: true,
      });
      expect(sent).to.have.length(1);
      expect(await answer({ code: code() })).to.deep.include({ ok: true });
    });

    it('keeps a number that must not be changed', async () => {
      const fixed = { ...withPrepared, mayReplace: false };
      const { start, answer, sent, code } = sitting(fixed);
      expect((await start()).show.mayChange).to.equal(false);
      expect(await answer({ act: 'change' })).to.deep.equal({ ok: false, reason: 'refused' });
      expect(sent).to.deep.equal([]);
      expect((await answer({})).show.mayChange).to.equal(false);
      expect(await answer({ act: 'change' })).to.deep.equal({ ok: false, reason: 'refused' });
      expect(await answer({ code: code() })).to.deep.include({ ok: true });
    });

    it('no longer stands when staff entered a number, another one or none meanwhile', async () => {
      const another = { ...enrolling, provisional: enrolmentOf('sms', { number: OTHER }, 'p-2') };
      for (const [before, after] of [
        [withPrepared, another],
        [withPrepared, enrolling],
        [enrolling, withPrepared],
      ] as const) {
        const { start, answer, stands } = sitting(before);
        await start();
        expect(stands()).to.equal(true);
        await answer({ number: NUMBER });
        expect(stands()).to.equal(true);
        expect(stands(after)).to.equal(false);
      }
    });

    it('no longer stands when a change was forbidden meanwhile', async () => {
      const forbidden = { ...withPrepared, mayReplace: false };
      const { start, answer, stands } = sitting(withPrepared);
      await start();
      await answer({});
      expect(stands(forbidden), 'its own number').to.equal(true);
      await answer({ act: 'change' });
      expect(stands(forbidden), 'entering another').to.equal(false);
      await answer({ number: OTHER });
      expect(stands(forbidden), 'the code for another').to.equal(false);
    });
  });

  describe('while a phone is proved', () => {
    it('sends a code at once and shows the number masked', async () => {
      const { authentication, sent, code, clock } = setUp();
      const { remember, show } = await authentication.start(held);
      expect(show).to.deep.equal({ number: '+31 6 •••• ••78', ending: '78', resendAt: clock.now() + 30 * SECOND });
      await authentication.deliver?.(held, remember);
      expect(sent).to.have.length(1);
      const verdict = await authentication.finish(held, remember, { code: code() });
      expect(verdict).to.deep.equal({ ok: true, secret: { number: NUMBER }, amr: ['sms'], enrolment: 'e-1' });
    });

    it('calls other codes wrong', async () => {
      const { authentication, wrong } = setUp();
      const { remember } = await authentication.start(held);
      await authentication.deliver?.(held, remember);
      const verdict = await authentication.finish(held, remember, { code: wrong() });
      expect(verdict).to.deep.equal({ ok: false, reason: 'wrong' });
    });

    it('sends again after a pause', async () => {
      const { authentication, clock } = setUp();
      const { remember } = await authentication.start(held);
      const early = await authentication.finish(held, remember, { act: 'resend' });
      expect(early).to.deep.equal({ ok: false, reason: 'refused', detail: 'too-soon', wait: 30 * SECOND });
      clock.advance(30 * SECOND);
      expect(await authentication.finish(held, remember, { act: 'resend' })).to.include({ ok: 'more' });
    });

    it('no longer stands when the number is gone or another', async () => {
      const { authentication } = setUp();
      const { remember } = await authentication.start(held);
      expect(authentication.stands?.(held, remember)).to.equal(true);
      for (const now of [
        [],
        [enrolmentOf('sms', { number: OTHER })],
        [enrolmentOf('sms', { number: NUMBER }, 'e-2')],
      ]) {
        expect(authentication.stands?.(authenticating(now), remember)).to.equal(false);
      }
    });

    it('refuses a damaged state or secret without repeating it', async () => {
      const { authentication } = setUp();
      const damaged = authenticating([enrolmentOf('sms', { number: 'hush' })]);
      const errors = [
        await rejection(authentication.start(damaged)),
        await rejection(authentication.finish(held, { sent: 'hush' }, {})),
      ];
      for (const error of errors) expect(String(error)).to.include('cannot be read').and.not.include('hush');
    });
  });

  describe('the message', () => {
    for (const [locale, words] of [
      ['en', 'is your code for Sluis. Never share it'],
      ['nl', 'is je code voor Sluis. Deel deze met niemand'],
    ] as const) {
      it(`is in the reader's language: ${locale}`, async () => {
        const { authentication, sent } = setUp();
        const reader = { ...held, visiting: { ...held.visiting, locale } };
        const { remember } = await authentication.start(reader);
        await authentication.deliver?.(reader, remember);
        const text = sent[0]?.text ?? '';
        expect(text).to.include(words);
        expect(text).to.match(/^(\d{6}) .*\n\n@id\.example\.com #\1$/);
        expect(text.length, 'one message').to.be.at.most(160);
      });
    }

    it('cannot be sent without a gateway', async () => {
      const { authentication } = bothCeremonies(sms({ clock: new FakeClock(), settings }));
      const { remember } = await authentication.start(held);
      expect(await rejection(authentication.deliver?.(held, remember) ?? Promise.resolve())).to.be.instanceOf(
        Undelivered,
      );
    });
  });

  it('imports a number in E.164 and nothing else', () => {
    const { factor } = setUp();
    expect(factor.imported?.({ number: NUMBER })).to.deep.equal({ number: NUMBER });
    for (const given of [
      undefined,
      {},
      NUMBER,
      { number: '0612345678' },
      { number: NUMBER, more: 1 },
      { number: '+0612345678' },
    ]) {
      expect(factor.imported?.(given), JSON.stringify(given)).to.equal(undefined);
    }
    expect(factor.reachedAt?.(NUMBER)).to.deep.equal({ number: NUMBER });
    expect(factor.lookup?.({ number: NUMBER })).to.equal(NUMBER);
  });
});
