import { expect } from 'chai';
import { MFA, PHR } from '../../../src/domain/acr.ts';
import { stepName } from '../../../src/domain/step.ts';
import type { Screen } from '../../../src/flows/sign-in/screen.ts';
import { appCode } from '../../support/codes.ts';
import { PASSWORD } from '../../support/seed.ts';
import { Sitting } from '../../support/sitting.ts';
import { challengeOf, formOf, proveKey, registerKey } from '../../support/webauthn/at-sluis.ts';
import { type Oddity, SoftKey } from '../../support/webauthn/soft-key.ts';
import { openWorld, pairs, type World } from '../../support/world.ts';

const at = ({ step }: Screen) => stepName(step);
const MINUTE = 60_000;

for (const pair of pairs) {
  describe(`security keys, on ${pair}`, () => {
    let world: World;
    beforeEach(async () => {
      world = await openWorld(pair, {
        settings: { methods: ['totp', 'security-key'] },
        lines: [
          { type: 'organization', code: 'STRENG', name: 'Streng', minimumAcr: PHR },
          { type: 'account', organization: 'STRENG', username: 'stef', password: PASSWORD },
          { type: 'account', organization: 'DEVRIES', username: 'other', password: PASSWORD },
        ],
      });
    });
    afterEach(() => world.close());

    async function sit(username: string, office = 'DEVRIES', request: object = {}): Promise<Sitting> {
      const sitting = new Sitting(world.signIn, request);
      await sitting.password(username, office);
      return sitting;
    }

    /** Goes through the wizard with these keys. */
    async function enrolled(username: string, ...keys: readonly SoftKey[]): Promise<void> {
      const sitting = await sit(username);
      await sitting.answer({});
      await sitting.answer({ factor: 'security-key' });
      for (const [index, key] of keys.entries()) {
        await registerKey(sitting, key);
        await sitting.answer({ name: `Key ${index + 1}`, ...(index + 1 < keys.length && { again: 'on' }) });
      }
      expect(at(await sitting.answer({ kept: 'on' }))).to.equal('done');
    }

    async function setOf(username: string, office = 'DEVRIES') {
      const organization = await world.needs.organizations.byCode(office);
      const account = await world.needs.accounts.byName(username, organization?.id);
      return world.needs.enrolments.of(account?.id ?? '');
    }

    const keysOf = async (username: string) =>
      (await setOf(username)).enrolments.filter(({ factor }) => factor === 'security-key');

    /** What the audit log has of one type. */
    async function noted(type: string) {
      const rows = (await world.auditRows()) as readonly { type: string; details?: unknown }[];
      return rows
        .filter((row) => row.type === type)
        .map(({ details }) => (typeof details === 'string' ? JSON.parse(details) : details));
    }

    it('sign in, and it is recorded which one did and when', async () => {
      const [one, other] = [new SoftKey(), new SoftKey()];
      await enrolled('noor', one, other);
      world.clock.advance(MINUTE);
      const end = await proveKey(await sit('noor'), other);
      expect(end.outcome)
        .to.include({ acr: PHR })
        .and.deep.include({ amr: ['pwd', 'hwk', 'mfa'] });

      const keys = await keysOf('noor');
      expect(keys).to.have.length(2);
      const used = keys.find(({ lookup }) => lookup === other.id.toString('base64url'));
      expect(used?.lastUsedAt).to.equal(world.clock.now());
      expect(
        keys.filter(({ lastUsedAt }) => lastUsedAt === undefined),
        'the other one',
      ).to.have.length(1);
      expect(end.outcome?.proofs.at(-1)).to.include({ factor: 'security-key', enrolment: used?.id });
      expect(await noted('factor.proved')).to.deep.equal([{ factor: 'security-key', enrolment: used?.id }]);
    });

    describe('a challenge', () => {
      it('is the same after a reload, and another one for every sign-in', async () => {
        await enrolled('noor', new SoftKey());
        const [one, other] = [await sit('noor'), await sit('noor')];
        const asked = challengeOf(await one.look());
        expect(challengeOf(await one.look())).to.deep.equal(asked);
        expect(challengeOf(await other.look())).to.not.deep.equal(asked);
      });

      it('of one sign-in is not answered at another', async () => {
        const key = new SoftKey();
        await enrolled('noor', key);
        const [one, other] = [await sit('noor'), await sit('noor')];
        const answer = key.answer(challengeOf(await one.look()));
        expect((await other.answer(formOf(answer))).problem).to.include({ code: 'refused', detail: 'challenge' });
        expect(await noted('factor.rejected')).to.deep.equal([
          { factor: 'security-key', reason: 'refused', detail: 'challenge' },
        ]);
      });

      it('is answered once, rightly or not', async () => {
        const key = new SoftKey();
        await enrolled('noor', key);
        const sitting = await sit('noor');
        const challenge = challengeOf(await sitting.look());
        const refused = await sitting.answer(formOf(key.answer({ ...challenge, origin: 'https://example.com' })));
        expect(refused.problem).to.include({ detail: 'origin' });
        const late = await sitting.answer(formOf(key.answer(challenge)));
        expect(late.problem, 'a right one to the same challenge').to.include({ detail: 'challenge' });
        expect(challengeOf(late)).to.not.deep.equal(challenge);
        expect(at(await proveKey(sitting, key))).to.equal('done');
      });

      it('takes one of many answers that are sent at once', async () => {
        const key = new SoftKey();
        await enrolled('noor', key);
        const sitting = await sit('noor');
        const screen = await sitting.look();
        const form = {
          ...formOf(key.answer(challengeOf(screen))),
          step: stepName(screen.step),
          bound: screen.bound ?? '',
        };
        await Promise.all(Array.from({ length: 10 }, () => sitting.post(form)));
        expect(await noted('factor.proved')).to.have.length(1);
        const [used] = await keysOf('noor');
        expect(used?.secret).to.include({ counter: 1 });
      });

      it('lives five minutes', async () => {
        const key = new SoftKey();
        await enrolled('noor', key);
        const sitting = await sit('noor');
        const challenge = challengeOf(await sitting.look());
        world.clock.advance(5 * MINUTE - 1);
        expect(challengeOf(await sitting.look())).to.deep.equal(challenge);
        world.clock.advance(1);
        const late = await sitting.answer(formOf(key.answer(challenge)));
        expect(late.problem).to.deep.equal({ code: 'expired' });
        expect(at(await proveKey(sitting, key)), 'the next one').to.equal('done');
      });
    });

    it('that are not right never count towards a block, each with its own code in the audit log', async () => {
      const [key, foreign] = [new SoftKey(), new SoftKey()];
      await enrolled('noor', key);
      await enrolled('other', foreign);
      const bad: readonly [detail: string, answer: (screen: Screen) => object][] = [
        ...(
          [
            ['origin', { clientData: { origin: 'https://example.com' } }],
            ['rp-id', { rpId: 'example.com' }],
            ['challenge', { clientData: { challenge: 'AAAA' } }],
            ['type', { clientData: { type: 'webauthn.create' } }],
            ['presence', { present: false }],
          ] satisfies [string, Oddity][]
        ).map(
          ([detail, oddity]) =>
            [detail, (screen: Screen) => formOf(key.answer(challengeOf(screen), oddity))] as [
              string,
              (s: Screen) => object,
            ],
        ),
        ['unknown-credential', (screen) => formOf(foreign.answer(challengeOf(screen)))],
        [
          'signature',
          (screen) => {
            const answer = key.answer(challengeOf(screen)) as { response: object };
            return formOf({ ...answer, response: { ...answer.response, signature: 'AAAA' } });
          },
        ],
        ['unreadable', () => ({ response: 'nothing' })],
        ['unreadable', () => ({})],
        ['too-large', () => ({ response: `"${'A'.repeat(1024 * 1024)}"` })],
      ];
      const sitting = await sit('noor');
      for (const [detail, answer] of bad) {
        const screen = await sitting.answer({ ...answer(await sitting.look()) });
        expect([at(screen), screen.problem?.detail]).to.deep.equal(['prove:security-key', detail]);
        expect(screen.problem).to.not.have.property('left');
      }
      const details = (await noted('factor.rejected')).map((row) => row.detail);
      expect(details).to.deep.equal(bad.map(([detail]) => detail));
      const [{ account = '' } = {}] = (await setOf('noor')).enrolments;
      expect(await world.needs.lockouts.until(account)).to.equal(undefined);
      expect((await setOf('noor')).enrolments.map(({ failures }) => failures)).to.deep.equal([0, 0]);
      expect(at(await proveKey(sitting, key))).to.equal('done');
    });

    it('whose counter runs backwards are refused, and the audit log says which', async () => {
      const key = new SoftKey();
      await enrolled('noor', key);
      expect(at(await proveKey(await sit('noor'), key, { counter: 7 }))).to.equal('done');
      const sitting = await sit('noor');
      const refused = await proveKey(sitting, key, { counter: 6 });
      expect([at(refused), refused.problem?.detail]).to.deep.equal(['prove:security-key', 'counter']);
      const [held] = await keysOf('noor');
      expect(await noted('factor.copied')).to.deep.equal([{ factor: 'security-key', enrolment: held?.id }]);
      expect(held?.secret).to.include({ counter: 7 });
    });

    it('are set up by nobody who has the password alone', async () => {
      await enrolled('noor', new SoftKey());
      const thief = await sit('noor');
      const { bound = '' } = await thief.look();
      for (const form of [
        { step: 'enrol:security-key', response: '{}' },
        { step: 'introduce' },
        { step: 'choose', factor: 'security-key' },
        { step: 'offer' },
      ]) {
        expect(at(await thief.post({ ...form, bound })), form.step).to.equal('prove:security-key');
      }
      expect(await keysOf('noor')).to.have.length(1);
    });

    it('cannot be registered twice, by one account or two', async () => {
      const key = new SoftKey();
      await enrolled('noor', key);
      const sitting = await sit('other');
      await sitting.answer({});
      await sitting.answer({ factor: 'security-key' });
      expect((await registerKey(sitting, key)).problem).to.include({ code: 'refused', detail: 'registered' });
      expect((await setOf('other')).enrolments).to.deep.equal([]);
    });

    describe('where an organization demands phr', () => {
      it('are all that can be set up', async () => {
        const stef = await sit('stef', 'STRENG');
        expect(at(await stef.answer({}))).to.equal('enrol:security-key');
        await registerKey(stef, new SoftKey());
        await stef.answer({ name: '' });
        expect((await stef.answer({ kept: 'on' })).outcome).to.include({ acr: PHR });
      });

      it('no recovery code stands in for them', async () => {
        const stef = await sit('stef', 'STRENG');
        await stef.answer({});
        await registerKey(stef, new SoftKey());
        await stef.answer({ name: '' });
        await stef.answer({ kept: 'on' });
        const { step } = await (await sit('stef', 'STRENG')).look();
        expect(step).to.deep.equal({ at: 'prove', factor: 'security-key', others: [] });
      });
    });

    it('are set up by who has an app alone, after it, where a request wants phr', async () => {
      const teun = await sit('teun', 'DEVRIES', { acceptableAcrs: [PHR] });
      expect(at(await teun.look())).to.equal('prove:totp');
      expect(at(await teun.code(appCode(world.clock)))).to.equal('introduce');
      expect(at(await teun.answer({}))).to.equal('enrol:security-key');
      await registerKey(teun, new SoftKey());
      await teun.answer({ name: '' });
      expect((await teun.answer({ kept: 'on' })).outcome).to.include({ acr: PHR });
      const again = await sit('teun', 'DEVRIES', { acceptableAcrs: [MFA] });
      expect(at(await again.look()), 'either will do now').to.equal('prove:totp');
    });
  });
}
