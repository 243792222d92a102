import { expect } from 'chai';
import { MFA } from '../../../src/domain/acr.ts';
import { epochOf } from '../../../src/domain/login.ts';
import { stepName } from '../../../src/domain/step.ts';
import { Undelivered } from '../../../src/domain/undelivered.ts';
import type { Screen } from '../../../src/flows/sign-in/screen.ts';
import { appCode, wrongCode } from '../../support/codes.ts';
import { DAAN, GIJS, KEES, LOTTE, phonePeople, WIM } from '../../support/phone-people.ts';
import { Phones } from '../../support/phones.ts';
import { Sitting } from '../../support/sitting.ts';
import { openWorld, pairs, type World } from '../../support/world.ts';

const at = ({ step }: Screen) => stepName(step);
const shown = ({ show }: Screen) => show as { ask?: string; number?: string; resendAt?: number; mayChange?: boolean };
const SECOND = 1_000;

for (const pair of pairs) {
  describe(`codes by text message, on ${pair}`, () => {
    let world: World;
    let phones: Phones;
    beforeEach(async () => {
      phones = new Phones();
      world = await openWorld(pair, { settings: { methods: ['totp', 'sms'] }, lines: phonePeople, smsGateway: phones });
    });
    afterEach(() => world.close());

    async function sit(username: string, office = 'DEVRIES', request: object = {}): Promise<Sitting> {
      const sitting = new Sitting(world.signIn, request);
      await sitting.password(username, office);
      return sitting;
    }

    /** In the wizard, with the message chosen. */
    async function choosing(username: string, office?: string): Promise<Sitting> {
      const sitting = await sit(username, office);
      expect(at(await sitting.answer({}))).to.equal('choose');
      expect(at(await sitting.answer({ factor: 'sms' }))).to.equal('enrol:sms');
      return sitting;
    }

    async function idOf(username: string, office = 'DEVRIES'): Promise<string> {
      const organization = await world.needs.organizations.byCode(office);
      return (await world.needs.accounts.byName(username, organization?.id))?.id ?? '';
    }
    const setOf = async (username: string, office?: string) => world.needs.enrolments.of(await idOf(username, office));

    describe('the three cases', () => {
      it('a confirmed number: a code is sent at once, and the number is shown masked', async () => {
        const sitting = await sit('lotte');
        const screen = await sitting.look();
        expect(at(screen)).to.equal('prove:sms');
        expect(shown(screen).number).to.equal('+32 4 •••• ••56');
        expect(phones.at(LOTTE)).to.have.length(1);
        expect(at(await sitting.code(phones.code(LOTTE)))).to.equal('keep-codes');
        const end = await sitting.answer({ kept: 'on' });
        expect(end.outcome)
          .to.include({ acr: MFA })
          .and.deep.include({ amr: ['pwd', 'sms', 'mfa'] });
      });

      it('a number that staff entered: shown, confirmed with a code, and from then on proved', async () => {
        expect(await setOf('kees')).to.deep.include({ everHeld: false, enrolments: [] });
        const sitting = await choosing('kees');
        expect(shown(await sitting.look())).to.deep.equal({
          ask: 'confirm',
          number: '+31 6 12345678',
          mayChange: true,
        });
        expect(phones.messages).to.deep.equal([]);
        expect(shown(await sitting.answer({}))).to.deep.include({ ask: 'code', number: '+31 6 12345678' });
        expect(at(await sitting.code(phones.code(KEES)))).to.equal('keep-codes');
        const { enrolments, provisional } = await setOf('kees');
        expect(provisional).to.deep.equal([]);
        expect(enrolments.map(({ secret }) => secret)).to.deep.include({ number: KEES });
        const { outcome } = await sitting.answer({ kept: 'on' });
        expect(outcome?.amr).to.deep.equal(['pwd', 'sms', 'mfa']);
        expect(at(await (await sit('kees')).look())).to.equal('prove:sms');
      });

      it('no number: entered, then confirmed with a code', async () => {
        const sitting = await choosing('sanne');
        expect(shown(await sitting.look()).ask).to.equal('number');
        const wrong = await sitting.answer({ number: '020 1234567', country: 'NL' });
        expect(wrong.problem).to.deep.equal({ code: 'malformed', field: 'number', detail: 'number-fixed' });
        const code = await sitting.answer({ number: '06 1234 5678', country: 'NL' });
        expect([at(code), shown(code).ask]).to.deep.equal(['enrol:sms', 'code']);
        expect(at(await sitting.code(phones.code(KEES)))).to.equal('keep-codes');
        const [held] = (await setOf('sanne')).enrolments;
        expect(held).to.deep.include({ factor: 'sms', secret: { number: KEES }, lookup: KEES });
      });

      it('the number of somebody else is as good as any', async () => {
        const sitting = await choosing('sanne');
        await sitting.answer({ number: LOTTE });
        expect(at(await sitting.code(phones.code(LOTTE)))).to.equal('keep-codes');
      });
    });

    describe('what staff entered', () => {
      it('cannot be changed where the organization forbids it', async () => {
        const sitting = await choosing('piet', 'STRICT');
        expect(shown(await sitting.look()).mayChange).to.equal(false);
        expect((await sitting.answer({ act: 'change' })).problem).to.deep.equal({ code: 'refused' });
        await sitting.answer({});
        expect((await sitting.answer({ act: 'change' })).problem).to.deep.equal({ code: 'refused' });
        expect(at(await sitting.code(phones.code(KEES)))).to.equal('keep-codes');
      });

      it('can be changed elsewhere, and is gone once another number is confirmed', async () => {
        const sitting = await choosing('kees');
        expect(shown(await sitting.answer({ act: 'change' })).ask).to.equal('number');
        await sitting.answer({ number: DAAN });
        expect(phones.at(KEES)).to.deep.equal([]);
        await sitting.code(phones.code(DAAN));
        const { enrolments, provisional } = await setOf('kees');
        expect(provisional).to.deep.equal([]);
        expect(enrolments[0]?.secret).to.deep.equal({ number: DAAN });
      });

      it('can be changed by who proved another factor first', async () => {
        const sitting = await sit('ella', 'PHONES');
        expect(at(await sitting.code(appCode(world.clock)))).to.equal('introduce');
        expect(shown(await sitting.answer({}))).to.deep.include({ ask: 'confirm', mayChange: true });
        expect(shown(await sitting.answer({ act: 'change' })).ask).to.equal('number');
        await sitting.answer({ number: DAAN });
        expect(at(await sitting.code(phones.code(DAAN)))).to.equal('keep-codes');
      });

      it('is a permit for that number, and for nothing else', async () => {
        expect((await (await sit('nina', 'PERMIT')).look()).step).to.deep.equal({ at: 'permit' });
        const joost = await sit('joost', 'PERMIT');
        expect(at(await joost.answer({}))).to.equal('enrol:sms');
        const screen = await joost.look();
        expect(screen.step).to.deep.equal({ at: 'enrol', factor: 'sms', others: [] });
        expect(shown(screen)).to.deep.include({ ask: 'confirm', mayChange: false });
        expect((await joost.answer({ act: 'change' })).problem?.code).to.equal('refused');
        await joost.answer({});
        expect(at(await joost.code(phones.code(KEES)))).to.equal('keep-codes');
      });

      it('ends a code when it is another number meanwhile', async () => {
        const sitting = await choosing('kees');
        await sitting.answer({});
        const old = phones.code(KEES);
        const { kysely } = world.stores.database;
        const [entered] = (await setOf('kees')).provisional;
        await kysely
          .deleteFrom('enrolments')
          .where('id', '=', entered?.id ?? '')
          .execute();
        const screen = await sitting.code(old);
        expect(screen.problem).to.deep.equal({ code: 'changed' });
        expect(shown(screen).ask).to.equal('number');
        expect((await setOf('kees')).enrolments).to.deep.equal([]);
      });
    });

    describe('a confirmed number', () => {
      it('is not changed by whoever signs in, and trying costs nothing', async () => {
        const sitting = await sit('lotte');
        for (const form of [{ act: 'change' }, { act: 'change', number: KEES }, { number: KEES, country: 'NL' }]) {
          expect((await sitting.answer(form)).problem?.code).to.equal('malformed');
        }
        expect(shown(await sitting.look()).number).to.equal('+32 4 •••• ••56');
        expect(phones.messages.map(({ to }) => to)).to.deep.equal([LOTTE]);
        expect((await sitting.code(phones.wrongCode(LOTTE))).problem).to.deep.equal({ code: 'wrong', left: 2 });
        await sitting.code(phones.code(LOTTE));
        expect((await setOf('lotte')).enrolments.map(({ secret }) => secret)).to.deep.include({ number: LOTTE });
      });

      it('ends a code when staff delete it meanwhile; another one takes a permit', async () => {
        const sitting = await sit('lotte');
        await world.needs.enrolments.remove(await idOf('lotte'));
        const screen = await sitting.code(phones.code(LOTTE));
        expect([at(screen), screen.problem]).to.deep.equal(['identify', { code: 'changed' }]);
        const { step } = await sitting.password('lotte', 'DEVRIES');
        expect(step).to.deep.equal({ at: 'permit' });
        expect((await setOf('lotte')).enrolments).to.deep.equal([]);
      });

      it('is followed by a new one at the next sign-in, where the organization waives permits', async () => {
        await world.needs.enrolments.remove(await idOf('wim', 'WAIVED'));
        const sitting = await choosing('wim', 'WAIVED');
        expect(shown(await sitting.look()).ask).to.equal('number');
        await sitting.answer({ number: KEES });
        expect(at(await sitting.code(phones.code(KEES)))).to.equal('keep-codes');
        expect((await setOf('wim', 'WAIVED')).enrolments[0]?.secret).to.deep.equal({ number: KEES });
        expect(phones.at(WIM)).to.deep.equal([]);
      });
    });

    describe('sending', () => {
      it('happens once for fifty parallel reloads', async () => {
        const id = await idOf('lotte');
        const account = await world.needs.accounts.byId(id);
        const epoch = account === undefined ? '' : epochOf(account, await world.needs.enrolments.of(id));
        const session = { account: id, epoch, proofs: [{ factor: 'password', amr: ['pwd'], at: 0 }] };
        const stepUp = new Sitting(world.signIn, { session, acceptableAcrs: [MFA] });
        const screens = await Promise.all(Array.from({ length: 50 }, () => stepUp.look()));
        for (const screen of screens) expect(at(screen)).to.equal('prove:sms');
        expect(phones.at(LOTTE)).to.have.length(1);
      });

      it('happens once for two hundred parallel requests', async () => {
        const sitting = await choosing('sanne');
        const { bound = '' } = await sitting.look();
        const form = { step: 'enrol:sms', bound, number: KEES };
        await Promise.all(Array.from({ length: 200 }, () => sitting.post(form)));
        expect(phones.at(KEES)).to.have.length(1);
        world.clock.advance(30 * SECOND);
        const again = { step: 'enrol:sms', bound, act: 'resend' };
        await Promise.all(Array.from({ length: 200 }, () => sitting.post(again)));
        expect(phones.at(KEES)).to.have.length(2);
        expect(at(await sitting.code(phones.code(KEES)))).to.equal('keep-codes');
      });

      it('never happens by a reload, not even when the code is too old', async () => {
        const sitting = await sit('lotte');
        for (const wait of [0, 30 * SECOND, 600 * SECOND]) {
          world.clock.advance(wait);
          expect(at(await sitting.look())).to.equal('prove:sms');
        }
        expect(phones.at(LOTTE)).to.have.length(1);
        expect((await sitting.code(phones.code(LOTTE))).problem).to.deep.equal({ code: 'expired', field: 'code' });
        await sitting.answer({ act: 'resend' });
        expect(phones.at(LOTTE)).to.have.length(2);
        expect(at(await sitting.code(phones.code(LOTTE)))).to.equal('keep-codes');
      });

      it('happens again when asked for, after a pause, with the same code', async () => {
        const sitting = await sit('lotte');
        const early = await sitting.answer({ act: 'resend' });
        expect(early.problem).to.deep.equal({ code: 'refused', detail: 'too-soon', wait: 30 * SECOND });
        expect(phones.at(LOTTE)).to.have.length(1);
        world.clock.advance(30 * SECOND);
        expect((await sitting.answer({ act: 'resend' })).problem).to.equal(undefined);
        const codes = phones.at(LOTTE).map(({ text }) => text.slice(-6));
        expect(codes).to.deep.equal([codes[0], codes[0]]);
      });

      it('is in the language of the person, else in that of the page', async () => {
        await sit('lotte');
        expect(phones.at(LOTTE)[0]?.text).to.include('is je code voor Sluis');
        const daan = new Sitting(world.signIn, {}, { locale: 'nl' });
        await daan.password('daan', 'DEVRIES');
        await daan.answer({ act: 'choose', factor: 'sms' });
        expect(phones.at(DAAN)[0]?.text).to.include('is je code voor Sluis');
        expect(phones.at(DAAN)[0]?.text).to.match(/\n@localhost #\d{6}$/);
      });
    });

    describe('another method', () => {
      it('is taken and left again without a second message', async () => {
        const sitting = await sit('daan');
        expect(at(await sitting.look())).to.equal('prove:totp');
        expect(at(await sitting.answer({ act: 'choose', factor: 'sms' }))).to.equal('prove:sms');
        const code = phones.code(DAAN);
        expect(at(await sitting.answer({ act: 'choose', factor: 'totp' }))).to.equal('prove:totp');
        expect(at(await sitting.answer({ act: 'choose', factor: 'sms' }))).to.equal('prove:sms');
        expect(phones.at(DAAN)).to.have.length(1);
        expect(at(await sitting.code(code))).to.equal('keep-codes');
      });

      it('is offered where an organization forbids messages, and they are not', async () => {
        const sitting = await sit('vera', 'APPS');
        expect((await sitting.answer({})).step).to.deep.equal({ at: 'enrol', factor: 'totp', others: [] });
        expect((await sitting.post({ step: 'enrol:sms', number: KEES })).problem?.code).to.equal('not-offered');
        expect(phones.messages).to.deep.equal([]);
      });

      it('is set up by who has a phone alone when the organization forbids messages, and is the only one then', async () => {
        const sitting = await sit('gijs', 'APPS');
        expect(at(await sitting.look())).to.equal('prove:sms');
        expect(at(await sitting.code(phones.code(GIJS)))).to.equal('introduce');
        const { step, show } = await sitting.answer({});
        expect(step).to.deep.equal({ at: 'enrol', factor: 'totp', others: [] });
        const { key } = show as { key: string };
        expect(at(await sitting.code(appCode(world.clock, key.replace(/\s/g, ''))))).to.equal('keep-codes');
        const next = await sit('gijs', 'APPS');
        expect((await next.look()).step).to.deep.equal({ at: 'prove', factor: 'totp', others: [] });
        expect((await next.answer({ act: 'choose', factor: 'sms' })).problem?.code).to.equal('not-offered');
        expect(phones.at(GIJS)).to.have.length(1);
      });
    });

    describe('wrong codes', () => {
      it('share one block with those of an app', async () => {
        const sitting = await sit('daan');
        expect((await sitting.code(wrongCode(world.clock))).problem).to.deep.equal({ code: 'wrong', left: 2 });
        await sitting.answer({ act: 'choose', factor: 'sms' });
        const wrong = phones.wrongCode(DAAN);
        expect((await sitting.code(wrong)).problem).to.deep.equal({ code: 'wrong', left: 1 });
        const blocked = { at: 'locked', until: world.clock.now() + 900 * SECOND };
        expect((await sitting.code(wrong)).step).to.deep.equal(blocked);
        const other = await sit('daan');
        expect((await other.look()).step).to.deep.equal(blocked);
        await other.post({ step: 'prove:sms', act: 'resend' });
        expect(phones.at(DAAN)).to.have.length(1);
      });

      it('are not forgiven by a new code, a changed number or a new sign-in', async () => {
        const sitting = await choosing('sanne');
        await sitting.answer({ number: KEES });
        expect((await sitting.code(phones.wrongCode(KEES))).problem).to.deep.equal({ code: 'wrong', left: 2 });
        world.clock.advance(30 * SECOND);
        await sitting.answer({ act: 'resend' });
        await sitting.answer({ act: 'change' });
        await sitting.answer({ number: DAAN });
        expect((await sitting.code(phones.wrongCode(DAAN))).problem).to.deep.equal({ code: 'wrong', left: 1 });
        const next = await choosing('sanne');
        await next.answer({ number: KEES });
        expect(at(await next.code(phones.wrongCode(KEES)))).to.equal('locked');
      });

      it('are judged three times among two hundred at once', async () => {
        const sitting = await sit('lotte');
        const code = phones.wrongCode(LOTTE);
        const { bound = '' } = await sitting.look();
        const answers = await Promise.all(
          Array.from({ length: 200 }, () => sitting.post({ step: 'prove:sms', bound, code })),
        );
        expect(answers.filter(({ problem }) => problem?.code === 'wrong')).to.have.length(3);
        expect(at(await sitting.look())).to.equal('locked');
      });

      it('include those of another sign-in and of another number', async () => {
        const one = await sit('lotte');
        const first = phones.code(LOTTE);
        await sit('lotte');
        const second = phones.code(LOTTE);
        if (first !== second) expect((await one.code(second)).problem?.code).to.equal('wrong');
        expect(at(await one.code(first))).to.equal('keep-codes');
      });

      it('do not include malformed ones, and what is asked for too soon', async () => {
        const sitting = await sit('lotte');
        for (const code of ['', '12345', 'abcdef']) await sitting.code(code);
        for (let times = 0; times < 5; times++) await sitting.answer({ act: 'resend' });
        expect((await sitting.code(phones.wrongCode(LOTTE))).problem).to.deep.equal({ code: 'wrong', left: 2 });
      });
    });

    it('accepts a code once, among many sign-ins at once', async () => {
      const sitting = await sit('lotte');
      const { bound = '' } = await sitting.look();
      const form = { step: 'prove:sms', bound, code: phones.code(LOTTE) };
      const ends = await Promise.all([sitting.post(form), sitting.post(form), sitting.post(form)]);
      expect(ends.filter((end) => at(end) === 'keep-codes' && end.problem === undefined)).to.have.length(1);
    });

    describe('a message that is not sent', () => {
      for (const reason of ['limited', 'refused', 'unreachable', 'unknown'] as const) {
        it(`is told, also on a reload, and costs no attempt: ${reason}`, async () => {
          phones.failure = new Undelivered(reason, 'of a test');
          const sitting = await sit('daan');
          const failed = await sitting.answer({ act: 'choose', factor: 'sms' });
          const problem = { code: 'undelivered', detail: `undelivered-${reason}` };
          expect(failed.problem).to.deep.equal(problem);
          expect(failed.step).to.deep.include({ at: 'prove', factor: 'sms', others: ['totp'] });
          expect((await sitting.look()).problem).to.deep.equal(problem);
          expect((await sitting.code('123')).problem?.code, 'what was typed since goes first').to.equal('malformed');
          const other = await sitting.answer({ act: 'choose', factor: 'totp' });
          expect([at(other), other.problem]).to.deep.equal(['prove:totp', undefined]);
          expect((await sitting.code(wrongCode(world.clock))).problem).to.deep.equal({ code: 'wrong', left: 2 });
          expect(at(await sitting.code(appCode(world.clock)))).to.equal('keep-codes');
        });
      }

      it('can be sent again, and then is as good as the first', async () => {
        phones.failure = new Undelivered('unreachable');
        const sitting = await sit('lotte');
        phones.failure = undefined;
        world.clock.advance(30 * SECOND);
        expect((await sitting.answer({ act: 'resend' })).problem).to.equal(undefined);
        expect((await sitting.look()).problem).to.equal(undefined);
        expect(at(await sitting.code(phones.code(LOTTE)))).to.equal('keep-codes');
      });

      it('traps nobody with a number that was typed wrong', async () => {
        phones.failure = new Undelivered('refused');
        const sitting = await choosing('sanne');
        const failed = await sitting.answer({ number: KEES });
        expect(failed.problem?.detail).to.equal('undelivered-refused');
        expect(shown(await sitting.answer({ act: 'change' })).ask).to.equal('number');
        phones.failure = undefined;
        expect((await sitting.answer({ number: DAAN })).problem).to.equal(undefined);
        expect(at(await sitting.code(phones.code(DAAN)))).to.equal('keep-codes');
      });

      it('is one too many for its number, whoever it was sent for', async () => {
        const setting = await choosing('sanne');
        await setting.answer({ number: LOTTE });
        for (let times = 0; times < 3; times++) await sit('lotte');
        world.clock.advance(30 * SECOND);
        await setting.answer({ act: 'resend' });
        const sixth = await (await sit('lotte')).look();
        expect(sixth.problem).to.deep.equal({ code: 'undelivered', detail: 'undelivered-limited' });
        expect(phones.at(LOTTE)).to.have.length(5);
      });
    });
  });
}
