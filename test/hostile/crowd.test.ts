import { expect } from 'chai';
import { serviceToken } from './support/application.ts';
import { ask, Browser, hidden } from './support/browser.ts';
import type { Answer } from './support/http.ts';
import { send } from './support/http.ts';
import { openTarget, type Target } from './support/target.ts';

const CROWD = 64;

describe('more passwords at once than can be hashed', () => {
  let target: Target;
  let answers: Answer[];
  let meanwhile: { what: string; status: number; unanswered: number }[];

  before(async () => {
    // Slow enough that they pile up, and as few may wait as can be set.
    target = await openTarget('PostgreSQL and Redis', {
      settings: { passwords: { memory: 32_768, iterations: 3, queue: 32 } },
    });
    const member = new Browser(target);
    await member.password(await member.begin(), 'mila', 'MOLEN');
    const crowd = await Promise.all(
      Array.from({ length: CROWD }, async (_, index) => {
        const browser = new Browser(target);
        const page = await browser.begin();
        const form = { ...hidden(page.answer), username: `nobody-${index}`, office: 'MOLEN', password: 'wrong' };
        return () => browser.post(page.path, form);
      }),
    );

    answers = [];
    meanwhile = [];
    const posted = crowd.map(async (post) => answers.push(await post()));
    const others = {
      keys: () => send(target.address, { path: '/jwks' }),
      'a silent sign-in': async () => member.get(`/auth?${new URLSearchParams(ask({ prompt: 'none' }).query)}`),
      'a service': () => serviceToken(target),
      'the first page': async () => (await new Browser(target).begin()).answer,
      'a probe': () => send(target.address, { path: '/health/ready' }),
    };
    for (const [what, asked] of Object.entries(others)) {
      const { status } = await asked();
      meanwhile.push({ what, status, unanswered: CROWD - answers.length });
    }
    await Promise.all(posted);
  });
  after(() => target.idp.close());

  it('are judged or turned away at once, with the time to wait; none is lost', () => {
    const judged = answers.filter(({ status }) => status === 422);
    const turnedAway = answers.filter(({ status }) => status === 503);
    expect(judged.length + turnedAway.length).to.equal(CROWD);
    // Two at work and 32 in the queue; a place becomes free now and then.
    expect(judged.length).to.be.within(34, CROWD - 1);
    for (const { headers, body } of turnedAway) {
      expect(Number(headers['retry-after'])).to.be.within(1, 60);
      expect(body).to.include('<dd>busy</dd>');
    }
  });

  it('keep nobody else waiting: everything without a password is answered before they are', () => {
    for (const { what, status, unanswered } of meanwhile) {
      expect(status, what).to.be.oneOf([200, 303]);
      expect(unanswered, `posts that were still waiting after ${what}`).to.be.greaterThan(0);
    }
  });

  it('leave no trace once they are through', async () => {
    const browser = new Browser(target);
    const landed = await browser.password(await browser.begin(), 'mila', 'MOLEN');
    expect(landed.left?.searchParams.has('code')).to.equal(true);
  });
});
