import { expect } from 'chai';
import { consolePages } from '../../src/web/admin/routes.ts';
import { staff } from '../support/staff.ts';
import { Browser, hidden } from './support/browser.ts';
import { atConsole } from './support/console.ts';
import { openTarget, type Target } from './support/target.ts';

const MINUTE = 60_000;
const office = 'org-elders';
const elsewhere = [
  { type: 'organization', id: office, code: 'ELDERS', name: 'Elders BV' },
  {
    type: 'account',
    id: 'olga',
    organization: 'ELDERS',
    username: 'olga',
    roles: ['superuser'],
    factors: { totp: { key: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' } },
    password: 'correct horse battery',
  },
];

describe('somebody at the console who should not be', () => {
  let target: Target;
  before(async () => {
    target = await openTarget('SQLite and memory', { lines: [...staff, ...elsewhere] });
  });
  after(() => target.idp.close());

  const at = (username: string) => atConsole(target, username);
  const formOf = async (browser: Browser) =>
    hidden((await browser.follow(await browser.get('/admin/people/new'))).answer);

  it('is a superuser who names somebody, or an office, of another organization: on no page, in no form', async () => {
    const sara = await at('sara');
    const form = await formOf(sara);
    for (const { path, take, forms = {} } of consolePages.filter(({ path: one }) => one.includes(':id'))) {
      const place = `/admin${path.replace(':id', path.startsWith('/organizations') ? office : 'olga')}`;
      // What belongs to the whole deployment is closed, whatever it is.
      const closed = path.startsWith('/clients') ? 403 : 404;
      expect((await sara.get(place)).status, place).to.equal(closed);
      const posts = [...(take ? [place] : []), ...Object.keys(forms).map((name) => `${place}/${name}`)];
      for (const to of posts) {
        for (const act of ['set', 'remove', 'reset-factors', 'invite-link', 'end', 'end-sessions']) {
          const answer = await sara.post(to, { ...form, act, version: '1', number: '+31612345678', name: 'x' });
          expect([403, 404, 422], `${to} ${act}: ${answer.status}`).to.include(answer.status);
          if (!path.startsWith('/clients')) expect(answer.status, `${to} ${act}`).to.equal(404);
        }
      }
    }
    expect((await sara.get(`/admin/people?organization=${office}`)).status).to.equal(404);
    expect((await sara.get('/admin/people?q=olga')).body).to.not.include('olga</');
  });

  it('gets hold of a copy of somebody by a link, or by a form that was shown to somebody else', async () => {
    const [sara, ada] = [await at('sara'), await at('ada')];
    const [form, theirs] = [await formOf(ada), await formOf(sara)];
    const place = '/admin/people/olga/data';
    expect((await ada.get(place)).status, 'a link').to.equal(303);
    const refused = await ada.post(place, theirs);
    expect([refused.status, refused.headers['content-disposition']]).to.deep.equal([422, undefined]);
    const handed = await ada.post(place, form);
    expect([handed.status, JSON.parse(handed.body).account.id]).to.deep.equal([200, 'olga']);
    expect(handed.headers['content-disposition']).to.include('person.json');
  });

  it('mistypes in a form beside the one that the page is about, of which nothing is lost', async () => {
    const ada = await at('ada');
    const page = await ada.get('/admin/people/olga');
    expect(page.body).to.include('name="roles.superuser" checked');
    const again = await ada.post('/admin/people/olga/phone', { ...hidden(page), act: 'set', number: '12 34' });
    expect(again.status).to.equal(422);
    expect(again.body)
      .to.include('value="12 34"')
      .and.match(/name="roles.superuser"[^>]* checked/);
  });

  it('posts from another site, or a form that was shown to somebody else', async () => {
    const [sara, ada] = [await at('sara'), await at('ada')];
    const form = { ...(await formOf(sara)), username: 'eve', invite: 'none' };
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      expect((await sara.post('/admin/people/new', form, headers)).status).to.equal(403);
    }
    const theirs = await formOf(ada);
    for (const bound of ['', 'made-up', theirs.bound ?? '']) {
      const answer = await sara.post('/admin/people/new', { ...form, bound });
      expect(answer.status).to.equal(422);
      expect(answer.body).to.include('eve');
    }
    expect((await sara.get('/admin/people?q=eve')).body).to.not.include('>eve<');
  });

  it('gives themselves a role that is above theirs, by a field that the form does not have', async () => {
    const sara = await at('sara');
    const { body } = await sara.get('/admin/people?q=sara');
    const place = /\/admin\/people\/[\w-]{20,}/.exec(body)?.[0] ?? '';
    const page = await sara.follow(await sara.get(place));
    const answer = await sara.post(place, {
      ...hidden(page.answer),
      version: /name="version" value="(\d+)"/.exec(page.answer.body)?.[1] ?? '',
      username: 'sara',
      email: 'sara@molen.example',
      'roles.superuser': 'on',
      'roles.administrator': 'on',
      roles: 'administrator',
      epoch: '0',
    });
    expect(answer.status).to.equal(303);
    const clients = await sara.get('/admin/clients');
    expect(clients.status, 'still no administrator').to.equal(403);
  });

  it('comes with a password alone, or not at all', async () => {
    const nobody = new Browser(target);
    expect((await nobody.get('/admin/people')).headers.location).to.include('/auth?');
    target.idp.clock.advance(MINUTE);
    const half = new Browser(target);
    const first = await half.follow(await half.get('/admin'));
    await half.password(first, 'sara', 'MOLEN');
    for (const { path } of consolePages) {
      const answer = await half.get(`/admin${path.replace(':id', 'olga')}`);
      expect(answer.headers.location, path).to.include('/auth?');
    }
    const posted = await half.post('/admin/people/new', { username: 'eve', invite: 'none' });
    expect(posted.headers.location).to.include('/auth?');
  });
});
