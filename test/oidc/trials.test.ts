import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { Keyring } from '../../src/crypto/keyring.ts';
import { MFA } from '../../src/domain/acr.ts';
import type { Models, SignInTrials, TrialAnswer } from '../../src/domain/ports.ts';
import { putEpoch } from '../../src/oidc/carried.ts';
import { type TrialProvider, trialProvider, trialRedirect } from '../../src/oidc/trial-provider.ts';
import { type TrialTicket, trialTickets } from '../../src/oidc/trial-ticket.ts';
import { createTrials } from '../../src/oidc/trials.ts';
import { clock, type Deployment, deploy } from './support/deployment.ts';

const vault = new Keyring([Buffer.alloc(32, 7)]);
const bound = 'who tries it, and in which session';

describe('a sign-in that an administrator tries', () => {
  let deployment: Deployment;
  let provider: TrialProvider;
  let trials: SignInTrials;
  /** Everything that was ever stored. */
  let stored: { readonly model: string; readonly id: string }[];

  beforeEach(async () => {
    deployment = await deploy();
    stored = [];
    const { parts } = deployment;
    const models: Models = {
      ...parts.models,
      upsert(key, entry) {
        stored.push(key);
        return parts.models.upsert(key, entry);
      },
    };
    provider = trialProvider({ ...parts, models });
    trials = createTrials({ ...parts, provider, models, vault, issuer: new URL(parts.issuer) });
  });
  afterEach(() => deployment.close());

  async function begin(): Promise<{ readonly ticket: string; readonly underway: TrialTicket }> {
    const { ticket } = await trials.begin({ client: 'office', scopes: ['email'], bound });
    const underway = trialTickets({ vault, clock }).read(ticket);
    if (underway === undefined) throw new Error('a ticket that cannot be read');
    return { ticket, underway };
  }

  /** A code, as a sign-in of Anna ends with it. */
  async function codeFor({ nonce, verifier }: TrialTicket, redirectUri = trialRedirect(deployment.issuer)) {
    const { AuthorizationCode, Client, Grant } = provider();
    const client = await Client.find('office');
    if (client === undefined) throw new Error('no client');
    const grant = new Grant({ accountId: 'anna', clientId: 'office' });
    grant.addOIDCScope('openid email');
    putEpoch(grant, '1.0');
    const grantId = await grant.save();
    const code = new AuthorizationCode({
      accountId: 'anna',
      client,
      grantId,
      redirectUri,
      gty: 'authorization_code',
      scope: 'openid email',
      nonce,
      acr: MFA,
      amr: ['pwd', 'otp', 'mfa'],
      codeChallenge: createHash('sha256').update(verifier).digest('base64url'),
      codeChallengeMethod: 'S256',
    });
    return { code: await code.save(), grantId };
  }

  const left = async () => {
    const found = await Promise.all(
      stored.map(async (key) => ((await deployment.parts.models.find(key)) === undefined ? [] : [key.model])),
    );
    return found.flat().filter((model) => model !== 'AuthorizationCode');
  };

  it('gets the ID token of the application, and leaves no token, consent or refresh token', async () => {
    const { ticket, underway } = await begin();
    const { code } = await codeFor(underway);
    const result = await trials.finish({ ticket, bound, state: underway.state, code });
    if (result?.outcome !== 'granted') throw new Error(`${result?.outcome} ${result?.client}`);
    expect(result.claims).to.include({ sub: 'anna', aud: 'office', acr: MFA, nonce: underway.nonce });
    expect(result.userinfo).to.include({ sub: 'anna' });
    expect(result.scopes).to.have.members(['openid', 'email']);
    const models = stored.map(({ model }) => model);
    expect(models).to.include('AccessToken').and.to.not.include('RefreshToken');
    expect(await left()).to.deep.equal([]);
  });

  it('is answered once, however many ask at once', async () => {
    const { ticket, underway } = await begin();
    const { code } = await codeFor(underway);
    const answer: TrialAnswer = { ticket, bound, state: underway.state, code };
    const results = await Promise.all([1, 2, 3, 4].map(() => trials.finish(answer)));
    expect(results.filter((result) => result !== undefined).map(({ outcome }) => outcome)).to.deep.equal(['granted']);
    expect(await left()).to.deep.equal([]);
  });

  it('gives nothing to who is not its administrator, knows no state, or made the ticket up', async () => {
    const { ticket, underway } = await begin();
    const right: TrialAnswer = { ticket, bound, state: underway.state };
    for (const wrong of [{ bound: 'somebody else' }, { state: 'another' }, { ticket: 'v1.x.y' }, { ticket: '' }]) {
      const { code } = await codeFor(underway);
      expect(await trials.finish({ ...right, code, ...wrong }), JSON.stringify(wrong)).to.equal(undefined);
    }
    expect(stored.map(({ model }) => model)).to.not.include('AccessToken');
  });

  it('neither redeems nor ends what an application was given', async () => {
    const { ticket, underway } = await begin();
    const { code, grantId } = await codeFor(underway, 'https://office.example/cb');
    const result = await trials.finish({ ticket, bound, state: underway.state, code });
    expect(result).to.include({ outcome: 'refused', error: 'invalid_grant' });
    expect(await provider().Grant.find(grantId)).to.not.equal(undefined);
    expect((await provider().AuthorizationCode.find(code))?.isValid).to.equal(true);
  });
});
