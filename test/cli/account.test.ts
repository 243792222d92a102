import { expect } from 'chai';
import { type RunningIdentityProvider, startIdentityProvider } from '../support/identity-provider.ts';
import { commandLineOf } from './in-process.ts';

describe('sluis account', () => {
  let idp: RunningIdentityProvider;

  before(async () => {
    idp = await startIdentityProvider('SQLite and memory', {
      lines: [
        { type: 'organization', code: 'MOLEN', name: 'Molen BV' },
        {
          type: 'account',
          organization: 'MOLEN',
          username: 'bram',
          name: 'Bram Mulder',
          password: 'correct horse battery',
          factors: { totp: { key: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' } },
        },
      ],
    });
  });
  after(async () => {
    await idp.close();
  });

  const run = (...args: string[]) => commandLineOf(idp).run(...args);
  const account = (...args: string[]) => run('account', ...args);
  const json = async (...args: string[]) => JSON.parse((await account(...args, '--json')).out);

  it('makes the first administrator, who chooses a password by the printed link: there is no mail yet', async () => {
    const { code, out } = await account('create', 'boss', '--role', 'administrator', '--name', 'Jan Bakker');
    expect(code).to.equal(0);
    const [link = ''] = /^http.*$/m.exec(out) ?? [];
    const page = await fetch(link);
    expect([page.status, await page.text()].join()).to.match(/^200.*Jan Bakker/s);
    const body = new URLSearchParams({
      token: new URL(link).searchParams.get('token') ?? '',
      password: 'gravel under nine boats',
    });
    const post = () =>
      fetch(`${idp.issuer}/password`, { method: 'POST', body, headers: { origin: idp.issuer }, redirect: 'manual' });
    expect((await post()).headers.get('location')).to.equal('/password/chosen');
    expect((await post()).status, 'it works once').to.equal(410);
    expect((await fetch(`${idp.issuer}/forgotten-password`)).status, 'nobody would get a mail').to.equal(404);

    expect(await json('show', 'boss')).to.deep.include({ roles: ['administrator'], organization: null });
    const again = await account('invite', 'boss', '--link');
    expect(again.code, 'chose a password already').to.equal(69);
    expect((await account('disable', 'boss')).code, 'the last one').to.equal(69);
  });

  it('finds, shows and changes people', async () => {
    const { items } = await json('list', 'mul', '--office', 'molen');
    expect(items).to.have.length(1);
    expect((await account('list', 'mul')).out).to.match(/^bram {2}Bram Mulder {2}- {2}- {2}enabled {2}\S+\n$/);
    const changed = await json('change', 'bram', '--name', '', '--email', 'bram@example.org', '--role', 'accountant');
    expect(changed).to.deep.include({
      name: null,
      email: 'bram@example.org',
      emailVerified: false,
      roles: ['accountant'],
    });
    expect((await account('show', 'bram', '--office', 'molen')).out).to.include('factors: totp\n');
    expect((await json('disable', 'bram')).disabled).to.equal(true);
    expect((await json('enable', 'bram')).disabled).to.equal(false);
  });

  it('asks before what cannot be undone, and makes codes to hand over', async () => {
    expect((await account('permit', 'bram')).code, 'holds a factor').to.equal(69);
    const asked = await account('reset-factors', 'bram');
    expect([asked.code, asked.out]).to.deep.equal([64, '']);
    expect(asked.err).to.include('Say --yes.');
    expect((await account('reset-factors', 'bram', '--yes')).out).to.match(
      /^[0-9A-Z]{4}(-[0-9A-Z]{4}){2} {2}until \d{4}-.*, once, for bram alone\n$/,
    );
    expect((await account('permit', 'bram')).code).to.equal(0);
  });

  it('enters numbers, hides them, and says what is wrong with one', async () => {
    expect((await account('set-phone', 'bram', '06 12345678', '--country', 'nl')).out).to.equal(
      '+31 6 •••• ••78, not confirmed yet\n',
    );
    const wrong = await account('set-phone', 'bram', '0612', '--country', 'NL');
    expect([wrong.code, wrong.err]).to.deep.equal([
      65,
      'Something is wrong with what was given:\n  number: number-too-short',
    ]);
    expect((await account('remove-phone', 'bram', '--yes')).code).to.equal(0);
  });

  it('ends with a code of its own for each thing that can be wrong', async () => {
    const codes = await Promise.all(
      [
        ['show', 'nobody'],
        ['create', 'bram', '--office', 'MOLEN'],
        ['create', 'x', '--email', 'no address'],
        ['create', 'x', '--role', 'king'],
        ['start-password-reset', 'bram'],
      ].map(async (args) => (await account(...args)).code),
    );
    expect(codes).to.deep.equal([1, 73, 65, 64, 69]);
  });

  for (const shell of ['bash', 'zsh', 'fish']) {
    it(`knows its words in ${shell}`, async () => {
      const { code, out } = await run('completion', shell);
      expect(code).to.equal(0);
      for (const word of [
        'set-phone',
        '--country',
        'account reset-factors',
        'client end-former-secret',
        'audit verify',
      ])
        expect(out).to.include(word);
    });
  }
});
