import { expect } from 'chai';
import { createInteractions } from '../../src/oidc/interaction.ts';
import { CookieBrowser } from './support/browser.ts';
import { type Deployment, deploy, signedIn } from './support/deployment.ts';
import { RelyingParty } from './support/relying-party.ts';

describe('interactions', () => {
  let deployment: Deployment;
  let browser: CookieBrowser;
  let shop: RelyingParty;

  beforeEach(async () => {
    deployment = await deploy();
    browser = new CookieBrowser();
    shop = await RelyingParty.discover(deployment, 'shop');
  });
  afterEach(() => deployment.close());

  const answerOf = async (address: string, by = browser) => {
    const response = await by.fetch(new URL(address, deployment.issuer));
    return [response.status, await response.text()];
  };

  /** The address of the page that a request leads to. */
  async function pageFor(parameters: Readonly<Record<string, string>> = {}): Promise<string> {
    const { url } = await shop.begin(parameters);
    return (await browser.fetch(url)).headers.get('location') ?? '';
  }

  it('are of the browser that began them', async () => {
    const page = await pageFor();
    expect(await answerOf(page, new CookieBrowser())).to.deep.equal([400, 'interaction-expired']);
    expect(await answerOf('/interaction/made-up')).to.deep.equal([400, 'interaction-expired']);
  });

  it('end when the browser has come back from them', async () => {
    const page = await pageFor();
    const back = (await browser.fetch(new URL(page, deployment.issuer))).headers.get('location') ?? '';
    await browser.fetch(back);
    expect(await answerOf(page)).to.deep.equal([400, 'interaction-expired']);
  });

  it('end when another tab changed who is signed in', async () => {
    await shop.signIn(browser);
    const page = await pageFor({ prompt: 'login' });
    const others = await pageFor({ prompt: 'login' });
    deployment.answer = (request) => signedIn(request, { account: 'bert' });
    const back = (await browser.fetch(new URL(others, deployment.issuer))).headers.get('location') ?? '';
    const signsOut = await browser.fetch(back);
    await browser.go((await browser.post(signsOut, {})).headers.get('location') ?? '');
    expect(await answerOf(page)).to.deep.equal([400, 'interaction-expired']);
  });

  it('take what `find` gave, and nothing else', async () => {
    const { abort } = createInteractions(() => deployment.provider);
    const request = { uid: 'u1', client: 'shop', fresh: false, acceptableAcrs: [] };
    const message = await abort({ request }).catch((error: Error) => error.message);
    expect(message).to.equal('expected an interaction that `find` returned');
  });
});
