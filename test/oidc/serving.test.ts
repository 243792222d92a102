import { expect } from 'chai';
import * as client from 'openid-client';
import type { SigningKey } from '../../src/domain/signing-key.ts';
import { signingKeyStates } from '../../src/domain/signing-key-states.ts';
import { inUse, newSigningKey } from '../../src/oidc/signing-keys.ts';
import { FakeClock } from '../support/clock.ts';
import { CookieBrowser } from './support/browser.ts';
import { type Deployment, deploy } from './support/deployment.ts';
import { RelyingParty, type Tokens } from './support/relying-party.ts';

const HOUR = 3_600_000;

describe('signing keys that change', () => {
  let clock: FakeClock;
  let keys: SigningKey[];
  let deployment: Deployment;

  beforeEach(async () => {
    clock = new FakeClock();
    keys = [await newSigningKey('ES256', clock)];
    deployment = await deploy({
      keys: async () => inUse(signingKeyStates(keys, { now: clock.now(), verification: 12 * HOUR })),
    });
  });
  afterEach(() => deployment.close());

  /** An application that verifies signatures with the key set, which it then keeps for a while. */
  async function application(): Promise<RelyingParty> {
    const party = await RelyingParty.discover(deployment, 'office');
    client.enableNonRepudiationChecks(party.configuration);
    return party;
  }

  const keyOf = ({ id_token: token = '' }: Tokens) =>
    JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;

  async function published(): Promise<string[]> {
    const set = (await (await fetch(`${deployment.issuer}/jwks`)).json()) as { keys: { kid: string }[] };
    return set.keys.map(({ kid }) => kid);
  }

  it('sign what applications can verify, before, while and after another takes its turn', async () => {
    const [first, next] = [keys[0]?.id, await newSigningKey('ES256', clock, HOUR)];
    const old = await (await application()).signIn(new CookieBrowser());
    expect(keyOf(old)).to.equal(first);

    keys.push(next);
    await deployment.follow();
    expect(await published()).to.deep.equal([first, next.id]);
    // Reads the key set now, and never again.
    const kept = await application();
    expect(keyOf(await kept.signIn(new CookieBrowser()))).to.equal(first);

    clock.advance(HOUR);
    await deployment.follow();
    expect(await published()).to.deep.equal([next.id, first]);
    expect(keyOf(await kept.signIn(new CookieBrowser()))).to.equal(next.id);

    clock.advance(12 * HOUR);
    await deployment.follow();
    expect(await published()).to.deep.equal([next.id]);
    expect(keyOf(await (await application()).signIn(new CookieBrowser()))).to.equal(next.id);
  });

  it('leave sessions, refresh tokens and grants alone, and ID tokens good for signing out', async () => {
    const party = await application();
    const browser = new CookieBrowser();
    const tokens = await party.signIn(browser, { scope: 'openid offline_access' });
    clock.advance(1);
    keys.push(await newSigningKey('ES256', clock));
    await deployment.follow();
    expect(keyOf(await (await application()).refresh(tokens.refresh_token))).to.equal(keys[1]?.id);
    // Nobody is asked again, so it is the same session.
    const asked = deployment.asked.length;
    await (await application()).signIn(browser);
    expect(deployment.asked).to.have.length(asked);
    const hint = { id_token_hint: tokens.id_token ?? '' };
    const page = await browser.fetch(client.buildEndSessionUrl(party.configuration, hint));
    expect(page.status).to.equal(200);
  });

  it('change while a request is under way, which ends as it began', async () => {
    const party = await application();
    const begun = await party.begin();
    const { url } = await new CookieBrowser().go(begun.url);
    let goOn = () => {};
    const { byId } = deployment.people;
    const reached = new Promise<void>((arrived) => {
      deployment.people.byId = async (id) => {
        arrived();
        await new Promise<void>((released) => {
          goOn = released;
        });
        return byId.call(deployment.people, id);
      };
    });
    const redeeming = party.redeem(url, begun);
    await reached;
    deployment.people.byId = byId;
    clock.advance(1);
    keys.push(await newSigningKey('ES256', clock));
    const before = deployment.provider;
    await deployment.follow();
    expect(deployment.provider).to.not.equal(before);
    goOn();
    expect(keyOf(await redeeming)).to.equal(keys[0]?.id);
  });

  it('are taken over once: what stays the same goes on', async () => {
    const { provider } = deployment;
    await deployment.follow();
    clock.advance(100 * HOUR);
    await deployment.follow();
    expect(deployment.provider).to.equal(provider);
  });

  it('may be kept for a few minutes, and not for longer than a key waits', async () => {
    const caching = async () => (await fetch(`${deployment.issuer}/jwks`)).headers.get('cache-control');
    expect(await caching()).to.equal('public, max-age=300');
    await deployment.close();
    deployment = await deploy({ signingKeys: { leadTime: 60_000 } });
    expect(await caching()).to.equal('public, max-age=15');
  });
});
