import { expect } from 'chai';
import type { Letters } from '../../../src/domain/ports.ts';
import { stepName } from '../../../src/domain/step.ts';
import { linkFollower } from '../../../src/flows/permits/follow-link.ts';
import { givePermit } from '../../../src/flows/permits/give.ts';
import { handOverPermit } from '../../../src/flows/permits/hand-over.ts';
import { createSignIn } from '../../../src/flows/sign-in/index.ts';
import type { Screen } from '../../../src/flows/sign-in/screen.ts';
import { throughWizard, wrongCode } from '../../support/codes.ts';
import { KEES } from '../../support/phone-people.ts';
import { Phones } from '../../support/phones.ts';
import { PASSWORD } from '../../support/seed.ts';
import { Sitting } from '../../support/sitting.ts';
import { openWorld, pairs, type World } from '../../support/world.ts';

const at = ({ step }: Screen) => stepName(step);
const DAY = 24 * 3_600_000;
const from = { address: '192.0.2.7', requestId: 'r' };
const person = (username: string, more: object = {}) => ({
  type: 'account',
  organization: 'PERMIT',
  username,
  password: PASSWORD,
  ...more,
});
const lines = [
  { type: 'organization', code: 'PERMIT', name: 'Permit BV', secondFactorRequired: true, firstSetUp: 'permit' },
  person('nina', { email: 'nina@permit.example', emailVerified: true }),
  person('otto', { email: 'otto@permit.example' }),
  person('joost', { phoneNumber: KEES }),
];

for (const pair of pairs) {
  describe(`permits, on ${pair}`, () => {
    let world: World;
    /** Links that were mailed, by account. */
    let mailed: { account: string; link: string }[];
    beforeEach(async () => {
      const phones = new Phones();
      world = await openWorld(pair, { lines, smsGateway: phones, settings: { methods: ['totp', 'sms'] } });
      mailed = [];
      const letters: Letters = {
        send: async ({ id }, { link = '' }) => {
          mailed.push({ account: id, link });
          return true;
        },
      };
      world = { ...world, signIn: createSignIn({ ...world.needs, letters }) };
    });
    afterEach(() => world.close());

    const sit = (more: object = {}) => new Sitting(world.signIn, {}, more);
    const office = async () => (await world.needs.organizations.byCode('PERMIT'))?.id ?? '';
    const account = async (name: string) => {
      const found = await world.stores.accounts.byName(name, await office());
      if (found === undefined) throw new Error(`${name} is not there`);
      return found;
    };
    const noted: string[] = [];
    const note = async (type: string) => {
      noted.push(type);
    };
    const handOver = async (username: string, reset = false) =>
      handOverPermit(world.needs, await account(username), { reset, note });
    const handed = async (username: string, reset = false) => {
      const given = await handOver(username, reset);
      if ('refused' in given) throw new Error(given.refused);
      return given;
    };
    const follow = (secret: string) => linkFollower(world.needs)(secret, from);
    const secretOf = (link = '') => new URL(link, 'http://localhost').searchParams.get('token') ?? '';
    /** Signs in as far as the page that asks for a permit. */
    async function waiting(username = 'nina'): Promise<Sitting> {
      const sitting = sit();
      expect(at(await sitting.password(username, 'PERMIT'))).to.equal('permit');
      return sitting;
    }
    const choosing = async (sitting: Sitting, username = 'nina') => at(await sitting.password(username, 'PERMIT'));

    it('of an invitation, given to a browser, leads through the first set-up', async () => {
      const { secret } = await givePermit(world.needs, await account('nina'), { way: 'browser' });
      expect(await choosing(sit({ permits: [secret] }))).to.equal('introduce');
      expect(await choosing(sit({ permits: [secret] }), 'otto'), 'of somebody else').to.equal('permit');
    });

    describe('that staff hand over', () => {
      it('work once, however they are written, and leave a permit in the browser', async () => {
        const { code, until } = await handed('nina');
        expect(code).to.match(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
        expect(until).to.equal(world.clock.now() + DAY);
        const sitting = await waiting();
        const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o');
        expect(at(await sitting.answer({ permit: typed }))).to.equal('introduce');
        expect(await choosing(sit({ permits: sitting.permits })), 'another window').to.equal('introduce');
        const again = await waiting();
        expect((await again.answer({ permit: code })).problem).to.deep.equal({
          code: 'wrong',
          field: 'permit',
          left: 2,
        });
      });

      it('are good for nobody else, and count as wrong codes there', async () => {
        const { code } = await handed('otto');
        const sitting = await waiting();
        expect((await sitting.answer({ permit: code })).problem?.left).to.equal(2);
        expect((await sitting.answer({ permit: '0000-0000-0000' })).problem?.left).to.equal(1);
        expect((await sitting.answer({ permit: 'short' })).problem).to.deep.equal({
          code: 'malformed',
          field: 'permit',
        });
        expect(at(await sitting.answer({ permit: '1111-1111-1111' }))).to.equal('locked');
        const { code: mine } = await handed('nina');
        const { bound = '' } = await sitting.look();
        expect(at(await sitting.post({ step: 'permit', bound, permit: mine })), 'a right one, blocked').to.equal(
          'locked',
        );
        world.clock.advance(15 * 60_000);
        await sitting.look();
        expect(at(await sitting.answer({ permit: mine }))).to.equal('introduce');
      });

      it('end after a day, when another is made, and when the account changes', async () => {
        const first = await handed('nina');
        const second = await handed('nina');
        const sitting = await waiting();
        expect((await sitting.answer({ permit: first.code })).problem?.code).to.equal('wrong');
        world.clock.advance(DAY);
        expect((await (await waiting()).answer({ permit: second.code })).problem?.code).to.equal('wrong');
        const third = await handed('otto');
        await world.stores.accounts.setPassword((await account('otto')).id, PASSWORD);
        expect((await (await waiting('otto')).answer({ permit: third.code })).problem?.code).to.equal('wrong');
      });

      it('are not good for longer because a browser has them', async () => {
        const { code } = await handed('nina');
        world.clock.advance(DAY - 1);
        const sitting = await waiting();
        await sitting.answer({ permit: code });
        world.clock.advance(1);
        expect(await choosing(sit({ permits: sitting.permits }))).to.equal('permit');
      });

      it('let one of many sign-ins on that use one at once', async () => {
        const { code } = await handed('nina');
        const sittings: Sitting[] = [];
        // One after the other: passwords at once are slowed down.
        for (let count = 0; count < 20; count += 1) sittings.push(await waiting());
        await Promise.all(sittings.map((sitting) => sitting.answer({ permit: code })));
        // Which page follows depends on whether the wrong answers have led to a block by then; the permit stays.
        const permits = sittings.flatMap((sitting) => sitting.permits);
        expect(permits).to.have.length(1);
        world.clock.advance(15 * 60_000);
        expect(await choosing(sit({ permits }))).to.equal('introduce');
      });

      it('are not made for who holds a factor, unless that is reset', async () => {
        const { code } = await handed('nina');
        const sitting = await waiting();
        await sitting.answer({ permit: code });
        await sitting.answer({});
        await sitting.answer({ factor: 'totp', act: 'choose' });
        const { key } = (await sitting.look()).show as { key: string };
        await sitting.code(wrongCode(world.clock, key));
        expect(await handOver('nina'), 'nothing was set up').to.have.property('code');
        const devries = await world.needs.organizations.byCode('DEVRIES');
        const teun = await world.stores.accounts.byName('teun', devries?.id);
        if (teun === undefined) throw new Error('teun is not there');
        expect(await handOverPermit(world.needs, teun, { reset: false, note })).to.deep.equal({
          refused: 'holds-factor',
        });
        const gone = { ...teun, disabled: true };
        expect(await handOverPermit(world.needs, gone, { reset: true, note })).to.deep.equal({ refused: 'disabled' });
        noted.length = 0;
        const given = await handOverPermit(world.needs, teun, { reset: true, note });
        if ('refused' in given) throw new Error(given.refused);
        expect(noted).to.deep.equal(['factor.reset', 'permit.given']);
        const reset = sit();
        expect(at(await reset.password('teun', 'DEVRIES'))).to.equal('permit');
        expect(at(await reset.answer({ permit: given.code }))).to.equal('introduce');
      });
    });

    describe('by mail', () => {
      it('are offered to who has a confirmed address, and sent once for a page', async () => {
        const otto = await waiting('otto');
        expect((await otto.look()).show).to.deep.equal({});
        const nina = await waiting();
        expect((await nina.look()).show).to.deep.equal({ mail: 'possible' });
        const sent = await nina.answer({ act: 'mail' });
        expect([at(sent), sent.show]).to.deep.equal(['permit', { mail: 'sent' }]);
        expect(mailed.map((mail) => mail.account)).to.deep.equal([(await account('nina')).id]);
      });

      it('go out once, however often the page is sent at once, and three times an hour', async () => {
        const first = await waiting();
        const { bound = '' } = await first.look();
        await Promise.all(Array.from({ length: 3 }, () => first.post({ step: 'permit', bound, act: 'mail' })));
        expect(mailed).to.have.length(1);
        world.clock.advance(2 * 3_600_000);
        for (let asked = 0; asked < 5; asked += 1) await (await waiting()).answer({ act: 'mail' });
        expect(mailed).to.have.length(4);
        const late = await (await waiting()).answer({ act: 'mail' });
        expect(late.problem).to.include({ code: 'throttled' });
      });

      it('let one browser on, which need not be the one that asked', async () => {
        await (await waiting()).answer({ act: 'mail' });
        const secret = secretOf(mailed[0]?.link);
        const followed = await Promise.all(Array.from({ length: 10 }, () => follow(secret)));
        const [permit, ...others] = followed.filter((one) => one !== undefined);
        expect(others).to.deep.equal([]);
        expect(await follow(secret), 'once more').to.equal(undefined);
        const phone = sit({ permits: [permit?.secret] });
        expect(await choosing(phone)).to.equal('introduce');
        expect(await choosing(sit({ permits: [permit?.secret] }), 'otto'), 'as somebody else').to.equal('permit');
        expect(await choosing(sit({ permits: [secret] })), 'the link itself is none').to.equal('permit');
      });

      it('end after a day, and when another is asked for', async () => {
        await (await waiting()).answer({ act: 'mail' });
        await (await waiting()).answer({ act: 'mail' });
        expect(await follow(secretOf(mailed[0]?.link))).to.equal(undefined);
        world.clock.advance(DAY);
        expect(await follow(secretOf(mailed[1]?.link))).to.equal(undefined);
        expect(await follow('A'.repeat(43))).to.equal(undefined);
      });
    });

    it('are not needed for a number that staff entered, which alone can then be set up', async () => {
      const sitting = sit();
      expect(at(await sitting.password('joost', 'PERMIT'))).to.equal('introduce');
      expect(at(await sitting.answer({}))).to.equal('enrol:sms');
    });

    it('are in the store as digests alone, of every way', async () => {
      const { code } = await handed('nina');
      await (await waiting()).answer({ act: 'mail' });
      const { secret } = await givePermit(world.needs, await account('nina'), { way: 'browser' });
      const stored = JSON.stringify(await world.stores.database.kysely.selectFrom('permits').selectAll().execute());
      for (const plain of [code, code.replaceAll('-', ''), secretOf(mailed[0]?.link), secret]) {
        expect(stored).to.not.contain(plain);
      }
      expect(JSON.parse(stored)).to.have.length(3);
    });

    it('lead to a factor with codes of its own', async () => {
      const settled = await openWorld(pair, { lines });
      try {
        const found = await settled.stores.accounts.byName(
          'nina',
          (await settled.needs.organizations.byCode('PERMIT'))?.id,
        );
        if (found === undefined) throw new Error('nina is there');
        const { secret } = await givePermit(settled.needs, found, { way: 'browser' });
        const sitting = new Sitting(settled.signIn, {}, { permits: [secret] });
        await sitting.password('nina', 'PERMIT');
        expect((await throughWizard(settled.clock, sitting)).codes).to.have.length(6);
        expect(at(await sitting.look())).to.equal('done');
      } finally {
        await settled.close();
      }
    });
  });
}
