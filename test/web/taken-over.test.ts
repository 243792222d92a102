import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { openDatabase } from '../../src/assembly/stores.ts';
import { commandLine } from '../../src/flows/administration/actor.ts';
import { rotate } from '../../src/flows/signing-keys/rotate.ts';
import { redeem } from '../hostile/support/application.ts';
import { ask, Browser } from '../hostile/support/browser.ts';
import { send } from '../hostile/support/http.ts';
import { openTarget, type Target } from '../hostile/support/target.ts';
import { testConfig } from '../support/world.ts';

const HOUR = 3_600_000;

describe('a change that one process makes is taken over by another', () => {
  let here: Target;
  let there: Target & { stop(): Promise<void> };
  /** What the command line works on. */
  let stores: ReturnType<typeof openDatabase>;
  before(async () => {
    here = await openTarget('PostgreSQL and Redis');
    const second = await here.idp.another();
    there = { ...here, address: second.address, stop: second.stop };
    stores = openDatabase(testConfig(here.idp.settings), { clock: here.idp.clock, threadPool: 4 });
  });
  after(async () => {
    await stores.database.close();
    await there.stop();
    await here.idp.close();
  });

  async function keySet({ address, issuer }: Target): Promise<JSONWebKeySet> {
    return JSON.parse((await send(address, { path: '/jwks', headers: { host: new URL(issuer).host } })).body);
  }

  /** Waits until a process publishes a key, and in which place. Every process looks every two seconds. */
  async function publishes(target: Target, id: string, place: (index: number) => boolean): Promise<void> {
    while (!place((await keySet(target)).keys.findIndex(({ kid }) => kid === id))) await wait(50);
  }

  /** The key that signed an ID token of a process, which verifies with the key set of each. */
  async function signerAt(target: Target): Promise<string | undefined> {
    const browser = new Browser(target);
    const asked = ask();
    const { left } = await browser.password(await browser.begin(asked), 'mila', 'MOLEN');
    const tokens = JSON.parse((await redeem(target, left?.searchParams.get('code') ?? '', asked.verifier)).body);
    const verified = await Promise.all(
      [here, there].map(async (each) => jwtVerify(tokens.id_token, createLocalJWKSet(await keySet(each)))),
    );
    return verified[0]?.protectedHeader.kid;
  }

  it('signing keys: published by all before any of them signs with it', async () => {
    const first = await signerAt(there);
    const keyTimes = { lead: HOUR, verification: 13 * HOUR };
    const needs = { ...stores, clock: here.idp.clock, keyTimes };
    const next = await rotate(needs, commandLine, { algorithm: 'ES256', immediately: false });
    await Promise.all([here, there].map((each) => publishes(each, next.id, (index) => index >= 0)));
    expect(await signerAt(there)).to.equal(first);
    expect(await signerAt(here)).to.equal(first);
    here.idp.clock.advance(HOUR);
    // The other one may or may not sign with it yet: it verifies at both.
    await publishes(there, next.id, (index) => index >= 0 && index < 2);
    expect(await signerAt(there)).to.be.oneOf([first, next.id]);
    await Promise.all([here, there].map((each) => publishes(each, next.id, (index) => index === 0)));
    expect(await signerAt(there)).to.equal(next.id);
    expect(await signerAt(here)).to.equal(next.id);
  });

  it('a client, within a second', async () => {
    const client = await stores.clients.byId('web');
    if (client === undefined) throw new Error('no client');
    const redirect_uri = 'https://app.example/elsewhere';
    const at = async (target: Target) => (await new Browser(target).begin(ask({ redirect_uri }))).answer.status;
    expect([await at(here), await at(there)]).to.deep.equal([400, 400]);
    await stores.clients.save({ ...client, metadata: { ...client.metadata, redirect_uris: [redirect_uri] } });
    here.idp.clock.advance(1_000);
    expect([await at(here), await at(there)]).to.deep.equal([200, 200]);
    await stores.clients.save(client);
    here.idp.clock.advance(1_000);
    expect([await at(here), await at(there)]).to.deep.equal([400, 400]);
  });

  it('an organization, within a second', async () => {
    const organization = await stores.organizations.byCode('MOLEN');
    if (organization === undefined) throw new Error('no organization');
    const letIn = async (target: Target) => {
      const browser = new Browser(target);
      return (await browser.password(await browser.begin(), 'mila', 'MOLEN')).left !== undefined;
    };
    expect([await letIn(here), await letIn(there)]).to.deep.equal([true, true]);
    await stores.organizations.save({ ...organization, secondFactorRequired: true });
    here.idp.clock.advance(1_000);
    expect([await letIn(here), await letIn(there)]).to.deep.equal([false, false]);
  });
});
