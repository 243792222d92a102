import { expect } from 'chai';
import { cookies } from '../../src/oidc/cookies.ts';
import { CookieBrowser } from './support/browser.ts';
import { type Deployment, deploy } from './support/deployment.ts';
import { RelyingParty } from './support/relying-party.ts';

describe('mounted under a path', () => {
  let deployment: Deployment;

  afterEach(() => deployment.close());

  it('signs people in, with addresses and cookies that lead there', async () => {
    deployment = await deploy({}, '/id');
    const shop = await RelyingParty.discover(deployment, 'shop');
    const browser = new CookieBrowser();
    const { url } = await shop.begin();
    const first = await browser.fetch(url);
    expect(first.headers.get('location')).to.match(/^\/id\/interaction\/[\w-]+$/);
    const [interaction, resume] = first.headers.getSetCookie();
    expect(interaction).to.match(
      /^sluis-interaction=[\w-]+; path=\/id\/interaction\/[\w-]+; .*samesite=lax; httponly$/i,
    );
    expect(resume).to.match(/^sluis-resume=[\w-]+; path=\/id\/auth\/[\w-]+; .*samesite=lax; httponly$/i);
    expect((await shop.signIn(browser)).claims()).to.include({ iss: deployment.issuer, sub: 'anna' });
    expect(browser.cookies.filter((name) => name.endsWith('.sig'))).to.deep.equal([]);
  });

  it('sets cookies that browsers bind to the host, behind a proxy that ends TLS, whether or not the app trusts it', async () => {
    deployment = await deploy({}, '/id', 'https://app.example/id');
    const { origin } = new URL(deployment.address);
    const browser = new CookieBrowser();
    const query = 'client_id=legacy&response_type=code&scope=openid&redirect_uri=https%3A%2F%2Flegacy.example%2Fcb';
    const first = await browser.fetch(`${origin}/id/auth?${query}`);
    const page = new URL(first.headers.get('location') ?? '', origin);
    const second = await browser.fetch(page);
    // The browser is sent back to the issuer, which here is this very server.
    const back = new URL(second.headers.get('location') ?? '');
    expect(back.origin).to.equal('https://app.example');
    const third = await browser.fetch(new URL(back.pathname, origin));
    expect(new URL(third.headers.get('location') ?? '').searchParams.get('code')).to.be.a('string');
    const shape = (line: string) =>
      line
        .replace(/=[\w-]{21,43};/, ';')
        .replace(/\/[\w-]{21,43};/, ';')
        .replace(/ expires=[^;]+;/, '');
    expect([...first.headers.getSetCookie(), ...third.headers.getSetCookie()].map(shape)).to.deep.equal([
      '__Secure-sluis-interaction; path=/id/interaction; samesite=lax; secure; httponly',
      '__Secure-sluis-resume; path=/id/auth; samesite=lax; secure; httponly',
      '__Secure-sluis-resume=; path=/id/auth; samesite=lax; secure; httponly',
      '__Host-sluis; path=/; samesite=lax; secure; httponly',
    ]);
  });
});

describe('cookies', () => {
  it('have the names that bind them on https, and plain ones on http', () => {
    expect(cookies('https://id.example').names).to.deep.equal({
      session: '__Host-sluis',
      interaction: '__Secure-sluis-interaction',
      resume: '__Secure-sluis-resume',
    });
    expect(cookies('http://localhost:3000').names).to.deep.equal({
      session: 'sluis',
      interaction: 'sluis-interaction',
      resume: 'sluis-resume',
    });
  });

  it('go to every path where the session is concerned: `__Host-` wants that', () => {
    expect(cookies('https://app.example/id').long).to.include({
      path: '/',
      secure: true,
      httpOnly: true,
      sameSite: 'lax',
    });
  });
});
