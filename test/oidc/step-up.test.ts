import { expect } from 'chai';
import { MFA, PHR, SFA } from '../../src/domain/acr.ts';
import { CookieBrowser } from './support/browser.ts';
import { type Deployment, deploy, signedIn } from './support/deployment.ts';
import { essential, RelyingParty } from './support/relying-party.ts';

describe('asking for more', () => {
  let deployment: Deployment;
  let browser: CookieBrowser;
  let shop: RelyingParty;

  beforeEach(async () => {
    deployment = await deploy();
    shop = await RelyingParty.discover(deployment, 'shop');
    browser = new CookieBrowser();
  });
  afterEach(() => deployment.close());

  const lastAsked = () => deployment.asked.at(-1)?.request;

  it('tells when somebody signed in who did so from the start, and heeds what they chose', async () => {
    const longAgo = Date.now() - 3_600_000;
    const proofs = [{ factor: 'password', amr: ['pwd'], at: longAgo }];
    deployment.answer = (request) => signedIn(request, { identifiedAt: longAgo, proofs, stay: true });
    await shop.signIn(browser);
    deployment.answer = ({ session: _, ...request }) => signedIn(request);
    const anew = await shop.signIn(browser, { acr_values: MFA });
    expect(anew.claims()?.auth_time).to.be.greaterThan(longAgo / 1_000 + 60);
    expect(browser.lasting).not.to.include('sluis');
  });

  it('asks a session only for what is missing, and keeps when its person signed in', async () => {
    const longAgo = Date.now() - 100_000;
    deployment.answer = (request) => signedIn(request, { identifiedAt: longAgo });
    const first = (await shop.signIn(browser)).claims();
    deployment.answer = signedIn;
    const second = (await shop.signIn(browser, { acr_values: MFA })).claims();
    expect(lastAsked()).to.deep.include({ fresh: false, acceptableAcrs: [MFA] });
    expect(lastAsked()?.session).to.deep.include({ account: 'anna', epoch: '1.0' });
    expect(lastAsked()?.session?.proofs.map(({ factor }) => factor)).to.deep.equal(['password']);
    expect(second).to.deep.include({ acr: MFA, amr: ['pwd', 'otp', 'mfa'], auth_time: first?.auth_time });
    expect(first?.auth_time).to.equal(Math.floor(longAgo / 1_000));
    expect(deployment.asked).to.have.length(2);
  });

  it('keeps a session that outlives the browser, or does not, as it was', async () => {
    const outlives = async (stay: boolean) => {
      const fresh = new CookieBrowser();
      deployment.answer = (request) => signedIn(request, { stay });
      await shop.signIn(fresh);
      deployment.answer = (request) => signedIn(request, { stay: !stay });
      await shop.signIn(fresh, { acr_values: MFA });
      return fresh.lasting.includes('sluis');
    };
    expect(await outlives(true)).to.equal(true);
    expect(await outlives(false)).to.equal(false);
  });

  it('answers with the strongest requested value that was satisfied', async () => {
    deployment.answer = (request) => signedIn({ ...request, acceptableAcrs: [MFA] });
    const acrFor = async (parameters: Readonly<Record<string, string>>) =>
      (await shop.signIn(browser, parameters)).claims()?.acr;
    expect(await acrFor({})).to.equal(MFA);
    expect(await acrFor({ acr_values: SFA })).to.equal(SFA);
    expect(await acrFor({ acr_values: `${PHR} ${SFA} ${MFA}` })).to.equal(MFA);
    expect(await acrFor({ acr_values: 'urn:unknown' })).to.equal(MFA);
    expect(await acrFor({ claims: essential(SFA) })).to.equal(SFA);
    // The session itself was never weakened by an answer.
    expect(await acrFor({})).to.equal(MFA);
    expect(deployment.asked).to.have.length(1);
  });

  it('carries the answer to tokens that are refreshed', async () => {
    deployment.answer = (request) => signedIn({ ...request, acceptableAcrs: [MFA] });
    const office = await RelyingParty.discover(deployment, 'office');
    const tokens = await office.signIn(browser, { acr_values: SFA });
    expect((await office.refresh(tokens.refresh_token)).claims()?.acr).to.equal(SFA);
  });

  it('prefers the claims parameter to acr_values', async () => {
    const tokens = await shop.signIn(browser, { claims: essential(MFA), acr_values: SFA });
    expect(lastAsked()?.acceptableAcrs).to.deep.equal([MFA]);
    expect(tokens.claims()?.acr).to.equal(MFA);
  });

  it('refuses an essential acr that nobody knows before anybody signs in', async () => {
    const answer = await shop.ask(browser, { claims: essential('urn:unknown') });
    expect(answer.get('error')).to.equal('unmet_authentication_requirements');
    expect(deployment.asked).to.have.length(0);
  });

  it('does not ask for an essential acr in circles', async () => {
    deployment.answer = (request) => signedIn({ ...request, acceptableAcrs: [MFA] });
    const answer = await shop.ask(browser, { claims: essential(PHR) });
    expect(answer.get('error')).to.equal('unmet_authentication_requirements');
    expect(deployment.asked).to.have.length(2);
  });

  it('asks all over again when the sign-in is older than max_age', async () => {
    deployment.answer = (request) =>
      signedIn({ ...request, acceptableAcrs: [MFA] }, { identifiedAt: Date.now() - 100_000 });
    const first = await shop.signIn(browser);
    expect((await shop.signIn(browser, { max_age: '200' })).claims()?.auth_time).to.equal(first.claims()?.auth_time);
    deployment.answer = signedIn;
    const second = await shop.signIn(browser, { max_age: '50' });
    expect(lastAsked()).to.include({ fresh: true }).and.not.have.any.keys('session');
    expect(second.claims()?.auth_time).to.be.greaterThan(first.claims()?.auth_time ?? 0);
    expect(second.claims()?.acr).to.equal(SFA);
    expect(deployment.asked).to.have.length(2);
  });

  it('asks all over again with prompt=login, also another person', async () => {
    await shop.signIn(browser);
    deployment.answer = (request) => signedIn(request, { account: 'bert' });
    const { verifier, asked, url } = await shop.begin({ prompt: 'login' });
    const { url: here, response } = await browser.go(url);
    expect(here.pathname).to.match(/^\/auth\//);
    if (response === undefined) throw new Error('expected a page that signs the first person out');
    const signedOut = await browser.post(response, {});
    const { url: answered } = await browser.go(signedOut.headers.get('location') ?? '');
    expect((await shop.redeem(answered, { verifier, asked, url })).claims()?.sub).to.equal('bert');
  });

  it('tells the sign-in pages whom an id_token_hint or a claims request names', async () => {
    const hint = (await shop.signIn(browser)).id_token ?? '';
    await shop.ask(new CookieBrowser(), { id_token_hint: hint });
    expect(lastAsked()?.subject).to.equal('anna');
    await shop.ask(new CookieBrowser(), { claims: JSON.stringify({ id_token: { sub: { value: 'anna' } } }) });
    expect(lastAsked()?.subject).to.equal('anna');
  });

  it('asks about the session by the rule that is injected', async () => {
    await shop.signIn(browser);
    const questions: unknown[] = [];
    deployment.isEnough = async (question) => {
      questions.push(question);
      return questions.length > 1;
    };
    await shop.signIn(browser, { acr_values: SFA });
    const [question] = questions as [Record<string, unknown>];
    expect(question).to.deep.include({ client: 'shop', acceptableAcrs: [SFA] });
    expect(question.session).to.deep.include({ account: 'anna', epoch: '1.0' });
    expect(deployment.asked).to.have.length(2);
  });
});
