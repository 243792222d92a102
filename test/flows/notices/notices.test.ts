import { expect } from 'chai';
import type { Account } from '../../../src/domain/account.ts';
import type { AuditEvent } from '../../../src/domain/audit.ts';
import type { LeasedMail } from '../../../src/domain/ports.ts';
import { createLetters } from '../../../src/flows/mail/letters.ts';
import { withNotices } from '../../../src/flows/notices/index.ts';
import { createSignIn } from '../../../src/flows/sign-in/index.ts';
import { appCode } from '../../support/codes.ts';
import { TOTP_KEY } from '../../support/seed.ts';
import { Sitting } from '../../support/sitting.ts';
import { openWorld, visitor, type World } from '../../support/world.ts';

const HOUR = 3_600_000;

describe('notices', () => {
  let world: World;

  beforeEach(async () => {
    world = await openWorld('SQLite and memory', {
      lines: [
        {
          type: 'account',
          organization: 'DEVRIES',
          username: 'anna',
          id: 'anna',
          password: 'correct horse battery',
          email: 'anna@devries.example',
          emailVerified: true,
          locale: 'nl',
          name: 'Anna Visser',
          factors: { totp: { key: TOTP_KEY } },
        },
      ],
    });
  });
  afterEach(() => world.close());

  const audited = (accounts: { byId(id: string): Promise<Account | undefined> } = world.needs.accounts) => {
    const { stores, needs, clock } = world;
    const letters = createLetters({ queue: stores.mailQueue, clock, language: 'en' });
    return withNotices(stores.audit, {
      letters,
      accounts,
      clients: needs.clients,
      factors: needs.factors,
      help: '/help',
    });
  };
  const queued = async (): Promise<readonly LeasedMail[]> => {
    const now = world.clock.now();
    const { mailQueue } = world.stores;
    const mails = await mailQueue.lease(now, now + 1, 100);
    for (const mail of mails) await mailQueue.remove(mail);
    return mails;
  };
  const letters = async () =>
    (await queued()).flatMap(({ errand }) => (errand?.kind === 'letter' ? [errand.letter] : []));
  const names = async () => (await letters()).map(({ name }) => name).sort();
  const event = (type: string, details: AuditEvent['details'] = {}): AuditEvent => ({
    at: world.clock.now(),
    type,
    account: 'anna',
    client: 'web',
    address: '192.0.2.7',
    details,
  });

  it('tell the owner, in their language, what happened, when, where and in which application', async () => {
    await audited().append([event('factor.enrolled', { factor: 'totp' })]);
    expect(await letters()).to.deep.equal([
      {
        name: 'notice.factor-added',
        account: 'anna',
        to: 'anna@devries.example',
        locale: 'nl',
        values: {
          person: 'Anna Visser',
          username: 'anna',
          at: world.clock.now(),
          help: '/help',
          address: '192.0.2.7',
          client: 'Invoices',
          factor: 'totp',
        },
      },
    ]);
  });

  for (const [type, factor, notice] of [
    ['factor.enrolled', 'recovery-code', 'codes-made'],
    ['recovery.used', 'recovery-code', 'code-used'],
    ['factor.removed', 'totp', 'factor-removed'],
    ['factor.reset', undefined, 'factor-reset'],
    ['factor.switched-off', 'totp', 'factor-switched-off'],
    ['factor.copied', 'security-key', 'factor-copied'],
    ['password.changed', undefined, 'password-changed'],
    ['sign-in.blocked', undefined, 'blocked'],
    ['sign-in.new-device', undefined, 'new-device'],
    ['device.remembered', undefined, 'device-remembered'],
    ['device.forgotten', undefined, 'device-forgotten'],
    ['device.all-forgotten', undefined, 'devices-forgotten'],
  ] as const) {
    it(`tell of ${notice}`, async () => {
      await audited().append([event(type, factor === undefined ? {} : { factor })]);
      expect(await names()).to.deep.equal([`notice.${notice}`]);
    });
  }

  it('are not made of everything that happens, nor for nobody', async () => {
    await audited().append([
      event('factor.proved', { factor: 'totp' }),
      event('sign-in.finished'),
      { at: 1, type: 'sign-in.wrong' },
      { at: 1, type: 'sign-in.blocked', account: 'gone for good' },
    ]);
    expect(await letters()).to.deep.equal([]);
    expect(await world.auditRows()).to.have.length(4);
  });

  describe('go', () => {
    const told = async (change: (anna: Account) => Account) => {
      const anna = await world.needs.accounts.byId('anna');
      if (anna === undefined) throw new Error('expected anna');
      await audited({ byId: async () => change(anna) }).append([event('password.changed')]);
      return (await letters()).map(({ to }) => to);
    };
    const unconfirmed = { email: 'new@devries.example', emailVerified: false };

    it('to no address that nobody has confirmed', async () => {
      expect(await told((anna) => ({ ...anna, profile: unconfirmed }))).to.deep.equal([]);
      expect(await told((anna) => ({ ...anna, profile: { emailVerified: true } }))).to.deep.equal([]);
    });

    it('to the old address for 72 hours after somebody else changed it', async () => {
      const at = world.clock.now();
      const changed = (anna: Account): Account => ({
        ...anna,
        profile: unconfirmed,
        replacedEmail: { address: 'old@devries.example', at },
      });
      expect(await told(changed)).to.deep.equal(['old@devries.example']);
      world.clock.advance(72 * HOUR - 1);
      expect(await told(changed)).to.deep.equal(['old@devries.example']);
      world.clock.advance(1);
      expect(await told(changed)).to.deep.equal([]);
    });

    it('to no address with a line break in it', async () => {
      const broken = { email: 'anna@devries.example\r\nBcc: eve@example.com', emailVerified: true };
      expect(await told((anna) => ({ ...anna, profile: broken }))).to.deep.equal([]);
    });

    it('to nobody whose account is disabled', async () => {
      expect(await told((anna) => ({ ...anna, disabled: true }))).to.deep.equal([]);
    });
  });

  it('come with a sign-in in a browser that is new, and with none in one that is known', async () => {
    const signIn = createSignIn({ ...world.needs, audit: audited() });
    const enter = async (accounts: readonly string[]) => {
      const browser = { id: 'b', names: [], postponed: [], accounts };
      const sitting = new Sitting(signIn, {}, { ...visitor, browser });
      await sitting.password('anna', 'DEVRIES');
      world.clock.advance(30_000);
      const { step, outcome } = await sitting.code(appCode(world.clock, TOTP_KEY));
      return step.at === 'keep-codes' ? (await sitting.answer({ kept: 'on' })).outcome : outcome;
    };
    const first = await enter([]);
    expect(await names()).to.deep.equal(['notice.codes-made', 'notice.new-device']);
    expect((await enter([first?.device ?? '']))?.account).to.equal('anna');
    expect(await names()).to.deep.equal([]);
    await enter(['of somebody else']);
    expect(await names()).to.deep.equal(['notice.new-device']);
  });
});
