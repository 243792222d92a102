import { expect } from 'chai';
import type { Letter } from '../../../src/domain/letter.ts';
import type { SessionStanding } from '../../../src/domain/sign-in-request.ts';
import { type AccountPage, createAccountPage } from '../../../src/flows/account/index.ts';
import type { OwnEmail } from '../../../src/flows/own-email/index.ts';
import { appCode } from '../../support/codes.ts';
import { PASSWORD, TOTP_KEY } from '../../support/seed.ts';
import { Sitting } from '../../support/sitting.ts';
import { openWorld, pairs, type World } from '../../support/world.ts';
import { changedBy, needsOf, owning, sessionOf } from './owning.ts';

const MINUTE = 60_000;
const visitor = { address: '192.0.2.7', requestId: 'r-1' };
const saar = {
  type: 'account',
  organization: 'MOLEN',
  id: 'saar',
  username: 'saar',
  password: PASSWORD,
  email: 'saar@molen.example',
  emailVerified: true,
  locale: 'nl',
  factors: { totp: { key: TOTP_KEY } },
};
const piet = { ...saar, id: 'piet', username: 'piet', email: 'piet@molen.example', factors: {} };

for (const pair of pairs) {
  describe(`another e-mail address, on ${pair}`, () => {
    let world: World;
    let page: AccountPage;
    let email: OwnEmail;
    let session: SessionStanding & { readonly uid: string };
    beforeEach(async () => {
      world = await openWorld(pair, { lines: [saar, piet] });
      page = createAccountPage(needsOf(world));
      if (page.email === undefined) throw new Error('expected addresses to be changeable');
      email = page.email;
      const sitting = new Sitting(world.signIn);
      await sitting.password('saar', 'MOLEN');
      await sitting.code(appCode(world.clock));
      session = { ...sessionOf(await sitting.answer({ kept: 'on' })), uid: 'laptop' };
    });
    afterEach(() => world.close());

    const ask = (address: string, by = session) => email.ask(owning(by), { address, locale: 'en' });
    const mailed = async (): Promise<readonly Letter[]> => {
      const now = world.clock.now();
      const mails = await world.stores.mailQueue.lease(now, now + 1, 100);
      for (const mail of mails) await world.stores.mailQueue.remove(mail);
      return mails.flatMap(({ errand }) => (errand?.kind === 'letter' ? [errand.letter] : []));
    };
    const secretOf = ([letter]: readonly Letter[]) => (letter?.link ?? '').replace('/email?token=', '');
    const follow = (secret: string) => email.confirm(secret, visitor);
    const profile = async () => (await world.needs.accounts.byId('saar'))?.profile;

    it('counts once the link to it is followed: confirmed, told to the old one, and this session goes on', async () => {
      expect(await ask(' New@Molen.example ')).to.deep.equal({ ok: true });
      const letters = await mailed();
      expect(letters).to.have.length(1);
      expect(letters[0]).to.include({ name: 'new-email', to: 'New@Molen.example', locale: 'nl' });
      expect(await profile(), 'not yet').to.include({ email: 'saar@molen.example' });
      expect(await email.pending(session)).to.include({ address: 'New@Molen.example' });

      const secret = secretOf(letters);
      expect(await email.find(secret)).to.include({ address: 'New@Molen.example' });
      expect(await email.find(secret), 'looking spends nothing').to.not.equal(undefined);
      expect(await follow(secret)).to.deep.equal({ epoch: '1.0', session: { uid: 'laptop', epoch: session.epoch } });
      expect(await profile()).to.include({ email: 'New@Molen.example', emailVerified: true });
      expect((await mailed()).map(({ name, to }) => [name, to])).to.deep.equal([
        ['notice.email-replaced', 'saar@molen.example'],
      ]);
      expect(await changedBy(world, session)).to.deep.equal(['account.email-asked', 'account.email-changed']);
      expect(await page.admits(session, false), 'as all others').to.equal(false);
      expect(await page.admits({ ...session, epoch: '1.0' }, true)).to.equal(true);
      expect((await new Sitting(world.signIn).password('new@molen.example', 'MOLEN')).step.at).to.equal('prove');
      expect((await new Sitting(world.signIn).password('saar@molen.example', 'MOLEN')).step.at).to.equal('identify');

      expect(await follow(secret), 'once').to.equal(undefined);
      expect(await email.pending(session)).to.equal(undefined);
    });

    it('comes to nothing when the link is old, another was asked for, the account changed, or its owner thinks better of it', async () => {
      await ask('one@molen.example');
      const one = secretOf(await mailed());
      await ask('two@molen.example');
      const two = secretOf(await mailed());
      expect(await follow(one), 'two came after it').to.equal(undefined);
      world.clock.advance(30 * MINUTE);
      expect(await follow(two)).to.equal(undefined);

      world.clock.advance(60 * MINUTE);
      const fresh = { ...session, proofs: session.proofs.map((proof) => ({ ...proof, at: world.clock.now() })) };
      await ask('three@molen.example', fresh);
      const three = secretOf(await mailed());
      expect(await email.withdraw(owning(fresh))).to.deep.equal({ ok: true });
      expect(await follow(three)).to.equal(undefined);
      await ask('four@molen.example', fresh);
      const four = secretOf(await mailed());
      await world.stores.accounts.setPassword('saar', 'somebody else knew the one of before');
      expect(await follow(four)).to.equal(undefined);
      expect(await email.pending(fresh)).to.equal(undefined);
      for (const forged of ['', 'x', four.slice(1), `${four}=`]) expect(await follow(forged)).to.equal(undefined);
      expect(await profile()).to.include({ email: 'saar@molen.example' });
    });

    it('changes for one alone of many who follow the link at once', async () => {
      await ask('new@molen.example');
      const secret = secretOf(await mailed());
      const outcomes = await Promise.all(Array.from({ length: 8 }, () => follow(secret)));
      expect(outcomes.filter((outcome) => outcome !== undefined)).to.have.length(1);
      expect((await world.needs.accounts.byId('saar'))?.epoch).to.equal(1);
    });

    it('takes a proof of now, an address, and no more links than may be sent', async () => {
      for (const address of ['', 'saar', 'a@b@c', 'a b@c.example', 'a@c.example\r\nBcc: b@c.example']) {
        expect(await ask(address), address).to.deep.equal({ problem: 'malformed' });
      }
      expect(await ask('saar@molen.example')).to.deep.equal({ problem: 'same' });
      for (let sent = 0; sent < 3; sent += 1) expect(await ask('new@molen.example')).to.deep.equal({ ok: true });
      expect(await ask('new@molen.example')).to.deep.equal({ problem: 'limited' });
      expect(await mailed()).to.have.length(3);
      world.clock.advance(5 * MINUTE + 1);
      for (const outcome of [await ask('new@molen.example'), await email.withdraw(owning(session))]) {
        expect(outcome).to.deep.equal({ ok: false, reason: 'unproved' });
      }
    });

    it('may be that of somebody else who reads it, too: then it names neither of them, and both sign in by their own name', async () => {
      await ask('piet@molen.example');
      await follow(secretOf(await mailed()));
      expect((await new Sitting(world.signIn).password('piet@molen.example', 'MOLEN')).step.at).to.equal('identify');
      expect((await new Sitting(world.signIn).password('piet', 'MOLEN')).step.at).to.not.equal('identify');
      expect((await new Sitting(world.signIn).password('saar', 'MOLEN')).step.at).to.equal('prove');
    });
  });
}
