import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { temporaryDirectory } from '../support/directory.ts';
import { type RunningIdentityProvider, startIdentityProvider } from '../support/identity-provider.ts';
import { commandLineOf } from './in-process.ts';

describe('sluis account', () => {
  let idp: RunningIdentityProvider;
  let settings: Awaited<ReturnType<typeof temporaryDirectory>>;

  before(async () => {
    settings = await temporaryDirectory();
    await configure('{}');
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
    await settings.remove();
  });

  const run = (...args: string[]) => commandLineOf(idp, { SLUIS_CONFIG_DIR: settings.path }).run(...args);
  const configure = (text: string) => writeFile(join(settings.path, 'production.json5'), text);
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
    expect((await account('set-phone', 'bram', '06 12345678', '--country', 'nl')).code, 'no method uses one').to.equal(
      69,
    );
    await configure("{ methods: ['totp', 'security-key', 'sms'] }");
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

  it('demands a second factor of one person and takes it back, and moves people', async () => {
    expect((await json('change', 'bram', '--require-second-factor', '--group', 'staff')).secondFactorRequired).to.equal(
      true,
    );
    const back = await json('change', 'bram', '--no-require-second-factor', '--group', '', '--to', '');
    expect(back).to.deep.include({ secondFactorRequired: false, groups: [], organization: null });
    expect((await json('change', 'bram', '--to', 'molen')).organization).to.be.a('string');
    expect((await account('change', 'bram', '--to', 'nowhere')).code).to.equal(66);
  });

  it('hands over what is kept about somebody, and writes down that it did', async () => {
    const { code, out } = await account('export', 'bram', '--office', 'molen');
    expect(code).to.equal(0);
    const data = JSON.parse(out);
    expect(data.account).to.include({ username: 'bram', email: 'bram@example.org' });
    expect(data.factors.map(({ factor }: { factor: string }) => factor)).to.deep.equal([]);
    expect(out).not.to.include('$argon2');
    expect((await account('export', 'bram', '--json')).out.split('\n'), 'a line for programs').to.have.length(2);
    const events = await run('audit', 'list', '--type', 'account.data-exported');
    expect(events.out).to.include('by=command-line').and.to.include(data.account.id);
    expect((await account('export', 'nobody')).code).to.equal(66);
  });

  it('erases somebody once that is confirmed, and finishes what failed half-way', async () => {
    const { account: created } = await json('create', 'gone', '--invite', 'none', '--name', 'Gone Soon');
    const asked = await account('erase', 'gone');
    expect([asked.code, asked.out]).to.deep.equal([64, '']);
    expect(asked.err).to.include('for good').and.to.include('Say --yes.');
    expect((await account('erase', created.id, '--again', '--yes')).code, 'is there').to.equal(1);
    expect(await account('erase', 'gone', '--yes')).to.deep.equal({ code: 0, out: 'gone was erased\n', err: '' });
    expect((await account('show', 'gone')).code).to.equal(66);
    expect((await run('audit', 'list', '--account', created.id)).out).not.to.include('Gone');
    const again = await account('erase', created.id, '--again', '--yes');
    expect([again.code, again.out]).to.deep.equal([0, `${created.id} was erased, with what 1 events told of them\n`]);
    expect((await account('erase', 'boss', '--yes')).code, 'the last administrator').to.equal(69);
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
    expect(codes).to.deep.equal([66, 73, 65, 64, 69]);
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
