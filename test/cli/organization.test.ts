import { expect } from 'chai';
import { type RunningIdentityProvider, startIdentityProvider } from '../support/identity-provider.ts';
import { commandLineOf } from './in-process.ts';

describe('sluis organization', () => {
  let idp: RunningIdentityProvider;

  before(async () => {
    idp = await startIdentityProvider('SQLite and memory', {
      lines: [
        { type: 'organization', id: 'molen', code: 'MOLEN', name: 'Molen BV', contact: { en: 'Ask Jan' } },
        ...['a', 'b'].map((username) => ({ type: 'account', organization: 'MOLEN', username })),
      ],
    });
  });
  after(async () => {
    await idp.close();
  });

  const organization = (...args: string[]) => commandLineOf(idp).run('organization', ...args);
  const json = (...args: string[]) => commandLineOf(idp).json('organization', ...args);

  it('adds, finds and shows them', async () => {
    const made = await json(
      'create',
      'ZEE',
      'Zee BV',
      '--method',
      'totp',
      '--minimum-acr',
      'phr',
      '--reason-nl',
      'Omdat',
    );
    expect(made).to.deep.include({ code: 'ZEE', methods: ['totp'], minimumAcr: 'phr', reason: { nl: 'Omdat' } });
    expect((await organization('list', 'ze')).out).to.equal(`ZEE  Zee BV  not required  ${made.id}\n`);
    expect((await json('list', '--limit', '1')).next).to.be.a('string');
    const { out } = await organization('show', 'zee');
    for (const line of ['reason.nl: Omdat', 'warnings: one-method, level-out-of-reach', 'permitsWaived: false'])
      expect(out.split('\n')).to.include(line);
  });

  it('changes what is named and leaves everything else', async () => {
    const changed = await json(
      ...['change', 'molen', '--name', 'Molen NV', '--remember-devices', '30', '--no-number-change', '--waive-permits'],
      ...['--contact-nl', 'Vraag Jan', '--method', 'totp'],
    );
    expect(changed).to.deep.include({
      code: 'MOLEN',
      name: 'Molen NV',
      rememberedDevices: 30,
      numberChange: false,
      permitsWaived: true,
      passkeysCountAsBoth: true,
      contact: { en: 'Ask Jan', nl: 'Vraag Jan' },
    });
    const back = await json('change', 'molen', '--remember-devices', '', '--method', '', '--contact-en', '');
    expect(back).to.deep.include({ rememberedDevices: null, methods: null, contact: { nl: 'Vraag Jan' } });
  });

  it('says how many people have no second factor, and asks, before one is demanded of them', async () => {
    const from = new Date(idp.clock.now() + 30 * 86_400_000).toISOString().slice(0, 16);
    const asked = await organization('change', 'MOLEN', '--require-second-factor');
    expect([asked.code, asked.out]).to.deep.equal([64, '']);
    expect(asked.err).to.include('2 of 2 people of MOLEN have no second factor yet').and.to.include('Say --yes.');
    const demanded = await json('change', 'MOLEN', '--require-second-factor', '--second-factor-from', from, '--yes');
    expect(demanded.secondFactorRequired).to.equal(true);
    expect(demanded.secondFactorFrom).to.equal(Date.parse(`${from}Z`));
    expect((await organization('list', 'mo')).out).to.include(`required from ${from}:00.000Z`);
    const later = await organization('change', 'MOLEN', '--no-require-second-factor');
    expect(later.code, 'less is asked of nobody').to.equal(0);
  });

  it('ends with a code of its own for each thing that can be wrong', async () => {
    const codes = await Promise.all(
      [
        ['show', 'NOBODY'],
        ['create', 'MOLEN', 'Another'],
        ['change', 'MOLEN', '--method', 'pigeon'],
        ['change', 'MOLEN', '--remember-devices', 'many'],
        ['change', 'MOLEN', '--first-set-up', 'maybe'],
      ].map(async (args) => (await organization(...args)).code),
    );
    expect(codes).to.deep.equal([66, 73, 65, 65, 64]);
  });
});
