import { expect } from 'chai';
import { type Journey, openJourney } from '../support/journey.ts';

describe('an application that registers itself, where that is switched on', () => {
  let journey: Journey;
  before(async () => {
    journey = await openJourney('PostgreSQL and Redis', { settings: { oidc: { dynamicRegistration: true } } });
  });
  after(() => journey.close());

  it('asks people for consent, by its own name, and redeems the code with its own secret', async () => {
    const redirectUri = `${journey.rp.url}/callback`;
    const answer = await fetch(`${journey.idp.issuer}/reg`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        client_name: 'A passer-by',
        redirect_uris: [redirectUri],
      }),
    });
    expect(answer.status).to.equal(201);
    const { client_id: id, client_secret: secret } = (await answer.json()) as Record<string, string>;
    const mila = await journey.visitor();
    const request = new URLSearchParams({
      client_id: id ?? '',
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    });
    await mila.page.goto(`${journey.idp.issuer}/auth?${request}`);
    await mila.enterPassword('mila', 'MOLEN');
    expect(await mila.heading()).to.include('A passer-by');
    await mila.page.locator('button[value=answer]').click();
    await mila.page.waitForURL((url) => url.origin === journey.rp.url);
    const code = new URL(mila.page.url()).searchParams.get('code') ?? '';
    const tokens = await fetch(`${journey.idp.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
      }),
    });
    expect(tokens.status).to.equal(200);
  });
});
