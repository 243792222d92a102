import { expect } from 'chai';
import { FakeClock } from '../support/clock.ts';
import { type RunningRelyingParty, startRelyingParty } from '../support/relying-party.ts';
import { type Answers, type ProviderAtWill, startProviderAtWill } from './provider-at-will.ts';
import { Surfer } from './surfer.ts';

const SECRET = 'a-secret-of-the-client';

describe('demo application', () => {
  // Long past, so that nothing is valid by the machine's own time.
  const clock = new FakeClock(Date.UTC(2020, 1, 29));
  let provider: ProviderAtWill;
  let rp: RunningRelyingParty;
  let surfer: Surfer;

  before(async () => {
    provider = await startProviderAtWill(clock);
    rp = await startRelyingParty({ issuer: provider.issuer, clientId: 'demo', clientSecret: SECRET, clock });
  });

  beforeEach(() => {
    provider.answers = {};
    surfer = new Surfer();
  });

  after(async () => {
    await rp.close();
    await provider.close();
  });

  function signIn(query = ''): Promise<string> {
    return surfer.get(`${rp.url}/sign-in${query}`);
  }

  async function isSignedIn(): Promise<boolean> {
    return (await surfer.get(rp.url)).includes('Sign out');
  }

  it('signs in by code, PKCE, state and nonce, and shows what it got', async () => {
    const page = await signIn();

    expect(page).to.include('Ada Lovelace').and.to.include('a password').and.to.include('session-1');
    expect(surfer.url, 'no code stays in the address').to.equal(`${rp.url}/`);
    expect(rp.last().claims).to.include({ sub: 'ada', iss: provider.issuer });
    const { authorization, token } = provider.asked;
    expect(authorization?.get('response_type')).to.equal('code');
    expect(authorization?.get('code_challenge_method')).to.equal('S256');
    expect(authorization?.get('scope'), 'scopes that the provider has').to.equal('openid profile');
    expect(token?.get('code_verifier')).to.match(/^[\w-]{43}$/);
    expect(rp.tokens).to.include('a-secret-access-token');
  });

  it('asks for what the person chose', async () => {
    await surfer.get(`${rp.url}/?lang=nl`);
    await signIn('?way=again');
    expect(provider.asked.authorization?.get('prompt')).to.equal('login');
    expect(provider.asked.authorization?.get('ui_locales')).to.equal('nl');

    provider.answers = { claims: { acr: 'https://refeds.org/profile/mfa' } };
    await signIn('?way=second-factor');
    expect(provider.asked.authorization?.get('acr_values')).to.equal('https://refeds.org/profile/mfa');
    expect(await isSignedIn()).to.equal(false);
    expect(await surfer.get(rp.url))
      .to.include('Uitloggen')
      .and.to.include('lang="nl"');
  });

  const refused: Record<string, { answers: Answers; query?: string; says: string }> = {
    'a signature by another key': { answers: { foreignKey: true }, says: 'could not be believed' },
    'a nonce of another sign-in': { answers: { claims: { nonce: 'other' } }, says: 'could not be believed' },
    'a token for another client': { answers: { claims: { aud: 'other' } }, says: 'could not be believed' },
    'a token of another issuer': {
      answers: { claims: { iss: 'https://other.example' } },
      says: 'could not be believed',
    },
    'a token that has expired': { answers: { claims: { exp: 1 } }, says: 'could not be believed' },
    'userinfo about somebody else': { answers: { userinfo: { sub: 'eve' } }, says: 'could not be believed' },
    'an answer of another issuer': {
      answers: { authorization: { iss: 'https://other.example' } },
      says: 'could not be believed',
    },
    'another state': { answers: { authorization: { state: 'other' } }, says: 'was not begun here' },
    'a level below the one asked for': { answers: {}, query: '?way=second-factor', says: 'no second factor' },
    'an old sign-in where a new one was asked for': {
      answers: { claims: { auth_time: clock.now() / 1000 - 3600 } },
      query: '?way=again',
      says: 'did not sign in again',
    },
    'a code that the provider does not take': { answers: { tokenError: 'invalid_grant' }, says: 'Sign in again' },
    'a refusal by the provider': {
      answers: { authorization: { error: 'access_denied', error_description: '<b>no</b>' } },
      says: '&lt;b&gt;no&lt;/b&gt;',
    },
    'an error that nobody knows': {
      answers: { authorization: { error: 'constructor' } },
      says: 'The provider could not sign you in',
    },
  };
  for (const [what, { answers, query, says }] of Object.entries(refused)) {
    it(`refuses ${what}`, async () => {
      provider.answers = answers;
      expect(await signIn(query))
        .to.include(says)
        .and.to.include('Try again');
      expect(await isSignedIn()).to.equal(false);
    });
  }

  it('takes an answer once, and only in the browser that asked', async () => {
    await signIn();
    const state = provider.asked.authorization?.get('state');
    const answer = `${rp.url}/callback?code=x&state=${state}&iss=${encodeURIComponent(provider.issuer)}`;
    expect(await surfer.get(answer)).to.include('was not begun here');

    const other = new Surfer();
    expect(await other.get(answer)).to.include('was not begun here');
    expect(await other.get(rp.url)).not.to.include('Sign out');
  });

  it('gives a signed-in browser another cookie than the one before', async () => {
    await surfer.get(`${rp.url}/sign-in?iss=other`);
    const before = surfer.cookie('demo_visit');
    await signIn();
    expect(before).to.be.a('string').and.not.to.equal(surfer.cookie('demo_visit'));
  });

  it('begins no sign-in for a provider that it does not know', async () => {
    expect(await signIn('?iss=https%3A%2F%2Fother.example')).to.include('Another provider sent you');
    expect(await signIn(`?iss=${encodeURIComponent(provider.issuer)}`)).to.include('Sign out');
  });

  it('refreshes, for the same person alone', async () => {
    await signIn();
    provider.answers = { claims: { name: 'Ada King' } };
    expect(await surfer.post(`${rp.url}/refresh`))
      .to.include('There are new tokens')
      .and.to.include('Ada King');
    expect(provider.asked.token?.get('refresh_token')).to.equal('a-secret-refresh-token');

    provider.answers = { claims: { sub: 'eve' }, userinfo: { sub: 'eve' } };
    expect(await surfer.post(`${rp.url}/refresh`))
      .to.include('could not be believed')
      .and.not.to.include('>eve<');
    expect(rp.last().claims.sub).to.equal('ada');

    provider.answers = { tokenError: 'invalid_grant' };
    expect(await surfer.post(`${rp.url}/refresh`))
      .to.include('not signed in any more')
      .and.not.to.include('Ada');
  });

  it('signs out here and then at the provider', async () => {
    await signIn();
    const { idToken } = rp.last();
    await surfer.post(`${rp.url}/sign-out`);

    const { origin, pathname, searchParams } = new URL(surfer.url);
    expect(origin + pathname).to.equal(`${provider.issuer}/end`);
    expect(searchParams.get('id_token_hint')).to.equal(idToken);
    expect(searchParams.get('post_logout_redirect_uri')).to.equal(`${rp.url}/signed-out`);
    expect(await isSignedIn()).to.equal(false);
    expect(await surfer.get(`${rp.url}/signed-out`)).to.include('You are signed out');
  });

  it('takes no form from another site', async () => {
    await signIn();
    await surfer.post(`${rp.url}/sign-out`, {}, 'https://other.example');
    expect(await isSignedIn()).to.equal(true);
  });

  describe('told of a sign-out elsewhere', () => {
    async function tell(token: string): Promise<number> {
      const body = new URLSearchParams({ logout_token: token });
      const { status } = await fetch(`${rp.url}/backchannel-logout`, { method: 'POST', body });
      return status;
    }

    it('ends the session, and says so once', async () => {
      await signIn();
      expect(await tell(await provider.logoutToken())).to.equal(200);
      expect(await surfer.get(rp.url))
        .to.include('You were signed out')
        .and.not.to.include('Ada');
      expect(await surfer.get(rp.url)).not.to.include('You were signed out');
    });

    it('ends no other session of the person, unless all of them are meant', async () => {
      await signIn();
      expect(await tell(await provider.logoutToken({ sid: 'session-2' }))).to.equal(200);
      expect(await isSignedIn()).to.equal(true);
      expect(await tell(await provider.logoutToken({ sid: undefined }))).to.equal(200);
      expect(await isSignedIn()).to.equal(false);
    });

    const spoilt: Record<string, () => Promise<string>> = {
      'that is none': async () => 'x.y.z',
      'that is an ID token': () => provider.logoutToken({}, 'JWT'),
      'for another client': () => provider.logoutToken({ aud: 'other' }),
      'of another issuer': () => provider.logoutToken({ iss: 'https://other.example' }),
      'with a nonce': () => provider.logoutToken({ nonce: 'n' }),
      'without the event': () => provider.logoutToken({ events: {} }),
      'about nobody': () => provider.logoutToken({ sub: undefined, sid: undefined }),
      'without an id': () => provider.logoutToken({ jti: undefined }),
      'from long ago': () => provider.logoutToken({ iat: clock.now() / 1000 - 7200 }),
      'with a signature by another key': () => {
        provider.answers = { foreignKey: true };
        return provider.logoutToken();
      },
    };
    for (const [what, make] of Object.entries(spoilt)) {
      it(`refuses a token ${what}`, async () => {
        await signIn();
        expect(await tell(await make())).to.equal(400);
        expect(await isSignedIn()).to.equal(true);
      });
    }
  });

  it('says when nothing answers, and tries again when asked', async () => {
    const lonely = await startRelyingParty({ issuer: 'http://localhost:1', clientId: 'demo', clientSecret: SECRET });
    expect(await surfer.get(`${lonely.url}/sign-in?way=again`))
      .to.include('cannot be reached')
      .and.to.include('?way=again');
    expect(lonely.lines).to.deep.equal(['not signed in: unreachable']);
    await lonely.close();
  });

  it('logs no secret', () => {
    expect(rp.lines).not.to.deep.equal([]);
    for (const secret of [...rp.tokens, SECRET, 'a-secret-code']) expect(rp.lines.join()).not.to.include(secret);
  });
});
