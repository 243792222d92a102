import { expect } from 'chai';
import * as client from 'openid-client';
import { type Journey, openJourney } from '../support/journey.ts';
import { signInToConsole, staff } from '../support/staff.ts';

describe('the REST API, in Dutch on SQLite and memory', () => {
  let journey: Journey;
  before(async () => {
    const elsewhere = { type: 'account', id: 'vera', organization: 'DEVRIES', username: 'vera' };
    journey = await openJourney('SQLite and memory', { lines: [...staff, elsewhere] });
  });
  after(() => journey.close());

  it('lets a program that an administrator registered change the people of one organization', async () => {
    const { issuer, clock } = journey.idp;
    const ada = await journey.visitor({ locale: 'nl' });
    const { page } = ada;
    await signInToConsole(journey, ada, 'ada', '/clients/new');
    await ada.assertAccessible('nl');
    await ada.press('.tiles a[href$="kind=service"]');
    await ada.assertAccessible('nl');
    await page.locator('#name').fill('Personeelszaken');
    await page.locator('#clientId').fill('staff');
    for (const scope of ['accounts:read', 'accounts:write']) await page.locator(`[name="scope.${scope}"]`).check();
    await page.getByLabel('Eén organisatie').check();
    await page.locator('#administersCode').fill('MOLEN');
    await ada.press('form.form button.go');
    expect(await page.locator('.handed h2').textContent()).to.equal('Het geheim');
    await ada.assertAccessible('nl');
    const secret = ((await page.locator('.handed .big').textContent()) ?? '').trim();
    await page.goto(`${issuer}/admin/clients/staff`);
    expect(await page.locator('.handed').count(), 'the secret is shown once').to.equal(0);
    expect(await page.locator('#administersCode').inputValue()).to.equal('MOLEN');
    clock.advance(1_000);

    await page.goto(`${issuer}/api/v1/docs`);
    expect(await ada.heading()).to.equal('REST-API');
    await page.locator('#account-change summary').click();
    await ada.assertAccessible('nl');

    const program = await client.discovery(new URL(issuer), 'staff', secret, undefined, {
      execute: [client.allowInsecureRequests],
    });
    const { access_token: token } = await client.clientCredentialsGrant(program, {
      scope: 'accounts:read accounts:write',
    });
    const ask = (path: string, asked: RequestInit = {}) =>
      fetch(`${issuer}/api/v1${path}`, { ...asked, headers: { ...asked.headers, authorization: `Bearer ${token}` } });
    const change = (name: string, version: string) => ({
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'if-match': version },
      body: JSON.stringify({ name }),
    });

    const { items } = (await (await ask('/accounts')).json()) as { items: { id: string; username: string }[] };
    const usernames = items.map(({ username }) => username);
    expect(usernames).to.have.members(['ada', 'bram', 'carl', 'gone', 'mila', 'sara']);
    const mila = `/accounts/${items.find(({ username }) => username === 'mila')?.id}`;
    const etag = (await ask(mila)).headers.get('etag') ?? '';
    expect((await ask(mila, change('Mila Jansen', etag))).status).to.equal(200);

    const refused = await ask('/accounts/vera', change('Vera Vals', '"1"'));
    expect(refused.headers.get('content-type')).to.equal('application/problem+json');
    expect(await refused.json()).to.include({ status: 404, code: 'not-found' });

    await page.goto(`${issuer}/admin/people?q=mila`);
    expect(await page.locator('tbody a').allTextContents()).to.deep.equal(['Mila Jansen']);
  });
});
