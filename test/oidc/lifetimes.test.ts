import { expect } from 'chai';
import type { KoaContextWithOIDC, Session } from 'oidc-provider';
import { ttl } from '../../src/oidc/lifetimes.ts';
import { FakeClock } from '../support/clock.ts';
import { CookieBrowser } from './support/browser.ts';
import { deploy, signedIn } from './support/deployment.ts';
import { RelyingParty } from './support/relying-party.ts';

const HOUR = 3_600_000;
const lifetimes = {
  authorizationCode: 60_000,
  idToken: HOUR,
  accessToken: HOUR,
  refreshToken: 24 * HOUR,
  session: 12 * HOUR,
  interaction: HOUR,
};

describe('lifetimes', () => {
  it('end a session so long after the sign-in, however often it is used', () => {
    const clock = new FakeClock();
    const { Session: seconds } = ttl(lifetimes, clock);
    if (typeof seconds !== 'function') throw new Error('expected a function');
    const session = { loginTs: clock.now() / 1_000 } as Session;
    const left = () => seconds({} as KoaContextWithOIDC, session);
    expect(left()).to.equal(12 * 3_600);
    clock.advance(5 * HOUR);
    expect(left()).to.equal(7 * 3_600);
    clock.advance(20 * HOUR);
    expect(left()).to.equal(1);
    expect(seconds({} as KoaContextWithOIDC, {} as Session)).to.equal(3_600);
  });

  it('keep a grant as long as a refresh token that the session may still bring', () => {
    expect(ttl(lifetimes, new FakeClock()).Grant).to.equal(36 * 3_600);
  });

  it('end refresh tokens so long after the sign-in, however often they are replaced', async () => {
    const deployment = await deploy();
    const saved: number[] = [];
    deployment.provider.on('refresh_token.saved', ({ exp = 0 }) => void saved.push(exp));
    const office = await RelyingParty.discover(deployment, 'office');
    let { refresh_token: token } = await office.signIn(new CookieBrowser());
    for (let times = 0; times < 3; times += 1) token = (await office.refresh(token)).refresh_token;
    await deployment.close();
    expect(saved).to.have.length(4);
    expect(Math.max(...saved) - (saved[0] ?? 0)).to.be.at.most(1);
  });

  it('let a browser forget a session when it closes, unless the person chose to stay', async () => {
    const deployment = await deploy();
    const shop = await RelyingParty.discover(deployment, 'shop');
    const keeps = async (stay: boolean) => {
      const browser = new CookieBrowser();
      deployment.answer = (request) => signedIn(request, { stay });
      await shop.signIn(browser);
      return browser.lasting.includes('sluis');
    };
    expect([await keeps(false), await keeps(true)]).to.deep.equal([false, true]);
    await deployment.close();
  });
});
