import { expect } from 'chai';
import type { Browser } from '../hostile/support/browser.ts';
import { atConsole } from '../hostile/support/console.ts';
import { CALLBACK, openTarget, type Target } from '../hostile/support/target.ts';
import { staff } from '../support/staff.ts';
import { pairs } from '../support/world.ts';

const PLACE = '/admin/organizations/org-elders';

const limited = (id: string, organizations: readonly string[]) => ({
  type: 'client',
  id,
  name: `Application ${id}`,
  organizations,
  metadata: { redirect_uris: [CALLBACK], token_endpoint_auth_method: 'none' },
});
const lines = [
  ...staff,
  { type: 'organization', id: 'org-elders', code: 'ELDERS', name: 'Elders BV', passkeysCountAsBoth: true },
  limited('both', ['ELDERS', 'MOLEN']),
  limited('alone', ['ELDERS']),
  limited('theirs', ['MOLEN']),
];

for (const pair of pairs) {
  describe(`the applications on the page of an organization, on ${pair}`, () => {
    let target: Target;
    let ada: Browser;
    before(async () => {
      target = await openTarget(pair, { lines });
    });
    beforeEach(async () => {
      ada = await at('ada');
    });
    after(() => target.idp.close());

    const at = (username: string) => atConsole(target, username);

    /** What the page says of each application, by id, and the form of its button. */
    function shown(body: string) {
      const entries = body.split('<li>').flatMap((entry) => {
        const id = /href="\/admin\/clients\/([\w-]+)"/.exec(entry)?.[1];
        const state = /<p class="hint">([^<]+)</.exec(entry)?.[1];
        if (id === undefined || state === undefined) return [];
        const fields = [...entry.matchAll(/name="(bound|client|version|act)" value="([^"]*)"/g)];
        const form: Record<string, string> = Object.fromEntries(fields.map(([, name, value]) => [name, value]));
        return [[id, { state, form }] as const];
      });
      const found = new Map(entries);
      return (id: string) => found.get(id) ?? { state: 'absent', form: {} };
    }
    const page = async () => shown((await ada.get(PLACE)).body);
    const press = (form: Record<string, string>) => ada.post(`${PLACE}/clients`, form);

    it('are open to everybody, to it or not to it, and have a button where one more or less can be said', async () => {
      const of = await page();
      expect(of('web')).to.deep.equal({ state: 'Open to everybody.', form: {} });
      expect(of('robot').state, 'a service').to.equal('absent');
      expect([of('both').state, of('both').form.act]).to.deep.equal(['Open to this organization.', 'close']);
      expect([of('theirs').state, of('theirs').form.act]).to.deep.equal(['Not open to this organization.', 'open']);
      expect(of('alone').state).to.include('alone');
      expect(of('alone').form).to.deep.equal({});
    });

    it('are opened and closed by it, for nobody else', async () => {
      expect((await press((await page())('theirs').form)).headers.location).to.include(`${PLACE}?said=saved`);
      expect((await press((await page())('theirs').form)).status).to.equal(303);
      const { state, form } = (await page())('theirs');
      expect([state, form.version]).to.deep.equal(['Not open to this organization.', '3']);
      expect((await ada.get('/admin/clients/theirs')).body).to.include('>MOLEN</textarea>');
      expect((await ada.get('/admin/audit?type=client.changed')).body).to.include('org-elders');
    });

    it('tell the second of two administrators, with all that stands in the other form', async () => {
      const { form } = (await page())('both');
      expect((await press(form)).status).to.equal(303);
      const { status, body } = await press({ ...form, act: 'open' });
      expect(status).to.equal(422);
      expect(body).to.include('Somebody else changed this');
      expect(shown(body)('both').state).to.equal('Not open to this organization.');
      expect(body)
        .to.match(/name="passkeysCountAsBoth" checked/)
        .and.match(/name="methods.totp" checked/);
      expect(body).to.include(`<form class="form" method="post" action="${PLACE}">`);
    });

    it('are never opened to everybody by taking the last organization away, nor limited anew', async () => {
      const { bound = '' } = (await page())('theirs').form;
      const last = await press({ bound, client: 'alone', version: '1', act: 'close' });
      expect(last.status).to.equal(422);
      expect(last.body).to.include('It is open to this organization alone.');
      expect((await press({ bound, client: 'web', version: '1', act: 'open' })).status).to.equal(422);
      const of = await page();
      expect(of('alone').state).to.include('alone');
      expect(of('web').state).to.equal('Open to everybody.');
    });

    it('are for administrators alone', async () => {
      const { form } = (await page())('theirs');
      const own = /\/admin\/organizations\/[\w-]{20,}/;
      const sara = await at('sara');
      const theirs = own.exec((await sara.get('/admin/organizations')).body)?.[0] ?? '';
      const { status, body } = await sara.get(theirs);
      expect([status, body.includes('id="clients"')]).to.deep.equal([200, false]);
      const bound = /name="bound" value="([^"]*)"/.exec(body)?.[1] ?? '';
      const answer = await sara.post(`${theirs}/clients`, { ...form, bound });
      expect(answer.status).to.equal(422);
      expect(answer.body).to.include('Your role does not allow this.').and.not.include('Application theirs');
      expect((await page())('theirs').form.version).to.equal(form.version);
    });

    it('are those of the first page of the list, with a link to all', async () => {
      expect((await ada.get(PLACE)).body).to.not.include('These are the first ones.');
      await target.idp.add(Array.from({ length: 50 }, (_, index) => limited(`many-${index}`, ['MOLEN'])));
      const { body } = await ada.get(PLACE);
      expect(body).to.include('These are the first ones. <a href="/admin/clients">All applications</a>');
    });
  });
}
