import { expect } from 'chai';
import type { z } from 'zod';
import type { Act } from '../../../src/flows/administration/act.ts';
import { type Actor, commandLine } from '../../../src/flows/administration/actor.ts';
import { listEvents } from '../../../src/flows/administration/audit/list.ts';
import { beginClientTest } from '../../../src/flows/administration/clients/begin-test.ts';
import { changeClient } from '../../../src/flows/administration/clients/change.ts';
import { createClient } from '../../../src/flows/administration/clients/create.ts';
import { endFormerSecret } from '../../../src/flows/administration/clients/end-former-secret.ts';
import { finishClientTest } from '../../../src/flows/administration/clients/finish-test.ts';
import { listClients } from '../../../src/flows/administration/clients/list.ts';
import { clientRecipes } from '../../../src/flows/administration/clients/recipes.ts';
import { removeClient } from '../../../src/flows/administration/clients/remove.ts';
import { rotateClientSecret } from '../../../src/flows/administration/clients/rotate-secret.ts';
import { showClient } from '../../../src/flows/administration/clients/show.ts';
import { sendTestMail } from '../../../src/flows/administration/system/test-mail.ts';
import { sendTestText } from '../../../src/flows/administration/system/test-sms.ts';
import { PLACEHOLDER } from '../../../src/flows/clients/recipes.ts';
import { Phones } from '../../support/phones.ts';
import { outcomeOf } from '../../support/refused.ts';
import { openWorld, pairs, type World } from '../../support/world.ts';

const DAY = 24 * 3_600_000;
const BACK = 'https://app.example.org/callback';
const web = { kind: 'web', name: 'Payroll', metadata: { redirect_uris: [BACK] } };
const robot = {
  kind: 'service',
  name: 'Robot',
  administers: { organization: null },
  metadata: { scope: 'clients:write accounts:read' },
};

for (const pair of pairs) {
  describe(`applications, by administrators, on ${pair}`, () => {
    let world: World;

    before(async () => {
      world = await openWorld(pair, { smsGateway: new Phones(), settings: { methods: ['totp', 'sms'] } });
    });
    after(() => world.close());

    const perform = <Input extends z.ZodType, Output extends z.ZodType>(
      act: Act<Input, Output>,
      given: object,
      actor: Actor = commandLine,
    ): Promise<z.output<Output>> => world.administration.perform(act, { actor, given });

    it('are for administrators alone, in every act', async () => {
      const acts = [listClients, showClient, createClient, changeClient, rotateClientSecret, endFormerSecret];
      const others = [removeClient, clientRecipes, beginClientTest, finishClientTest, listEvents, sendTestMail];
      for (const act of [...acts, ...others, sendTestText]) {
        for (const role of ['accountant', 'superuser'] as const) {
          const actor: Actor = { account: 'a', role, proved: true, visitor: {} };
          expect(await outcomeOf(perform<z.ZodType, z.ZodType>(act, {}, actor)), act.name).to.deep.equal(['forbidden']);
        }
      }
    });

    it('are not tried by whoever has not proved a second factor of late, nor where no sign-in is served', async () => {
      const { client } = await perform(createClient, web);
      const given = { id: client.id, scopes: [], bound: 'b'.repeat(22) };
      const answer = { ticket: 't', bound: 'b'.repeat(22), state: 's', code: 'c' };
      const unproved: Actor = { account: 'a', role: 'administrator', proved: false, visitor: {} };
      expect(await outcomeOf(perform(beginClientTest, given, unproved))).to.deep.equal(['unproved']);
      expect(await outcomeOf(perform(finishClientTest, answer, unproved))).to.deep.equal(['unproved']);
      expect(await outcomeOf(perform(beginClientTest, given))).to.deep.equal(['not-possible']);
      expect(await outcomeOf(perform(beginClientTest, { ...given, id: 'nobody' }))).to.deep.equal(['not-found']);
      expect(await outcomeOf(perform(finishClientTest, answer))).to.deep.equal(['not-found']);
      const strange = { ...given, scopes: ['a"b'] };
      expect(await outcomeOf(perform(beginClientTest, strange))).to.deep.equal(['invalid', 'scopes.0 malformed']);
    });

    it('are what their kind makes of them', async () => {
      const secretOf = async (given: object) => {
        const { client, secret } = await perform(createClient, { name: 'App', ...given });
        expect(client.hasSecret).to.equal(secret !== null);
        expect((await perform(showClient, { id: client.id })).kind).to.equal(client.kind);
        return [secret !== null, client.metadata.token_endpoint_auth_method, client.pkceRequired];
      };
      expect(await secretOf(web)).to.deep.equal([true, 'client_secret_basic', true]);
      expect(await secretOf({ ...web, kind: 'single-page' })).to.deep.equal([false, 'none', true]);
      const native = {
        kind: 'native',
        metadata: { redirect_uris: ['org.example.app:/back', 'http://127.0.0.1/back'] },
      };
      expect(await secretOf(native)).to.deep.equal([false, 'none', true]);
      expect(await secretOf(robot)).to.deep.equal([true, 'client_secret_basic', true]);
    });

    it('are refused for what contradicts itself or cannot be, all faults at once', async () => {
      const refusals = async (given: object) => outcomeOf(perform(createClient, given));
      expect(await refusals({ ...web, metadata: {} })).to.deep.equal(['invalid', 'metadata.redirect_uris missing']);
      expect(await refusals({ ...web, id: 'sluis-admin' })).to.deep.equal(['invalid', 'id reserved']);
      expect(await refusals({ ...web, secret: 'mine', kind: 'toy' })).to.deep.equal([
        'invalid',
        'kind malformed',
        'secret unknown-field',
      ]);
      expect(await refusals({ ...web, kind: 'single-page', pkceRequired: false })).to.deep.equal([
        'invalid',
        'pkceRequired pkce-needed',
      ]);
      expect(
        await refusals({
          ...web,
          kind: 'single-page',
          metadata: { ...web.metadata, token_endpoint_auth_method: 'client_secret_basic' },
        }),
      ).to.deep.equal(['invalid', 'metadata.token_endpoint_auth_method not-for-kind']);
      expect(
        await refusals({
          ...web,
          organizations: ['nowhere'],
          metadata: { redirect_uris: [BACK], scope: 'keys:write' },
        }),
      ).to.deep.equal(['invalid', 'metadata.scope not-used', 'organizations.0 unknown-organization']);
      expect(await refusals({ ...robot, metadata: { scope: 'openid' } })).to.deep.equal([
        'invalid',
        'metadata.scope unknown-scope',
      ]);
      const uris = ['/x', 'https://a/#b', 'https://*.a/', 'http://a/', 'javascript:alert(1)', 'https://u@a/', 'app:/b'];
      expect(await refusals({ ...web, metadata: { redirect_uris: [BACK, BACK, ...uris] } })).to.deep.equal([
        'invalid',
        'metadata.redirect_uris.2 redirect-relative',
        'metadata.redirect_uris.3 redirect-fragment',
        'metadata.redirect_uris.4 redirect-wildcard',
        'metadata.redirect_uris.5 redirect-insecure',
        'metadata.redirect_uris.6 redirect-scheme',
        'metadata.redirect_uris.7 redirect-user-info',
        'metadata.redirect_uris.8 redirect-private-use',
        'metadata.redirect_uris.1 repeated',
      ]);
    });

    it('tell the second of two administrators, and keep what the first did', async () => {
      const { client } = await perform(createClient, web);
      const named = { id: client.id, version: 1 };
      const both = ['One', 'Other'].map((name) => outcomeOf(perform(changeClient, { ...named, name })));
      expect((await Promise.all(both)).map(String).sort()).to.deep.equal(['', 'changed']);
      expect(await outcomeOf(perform(removeClient, named))).to.deep.equal(['changed']);
      expect(await outcomeOf(perform(createClient, { ...web, id: client.id }))).to.deep.equal(['taken', 'id taken']);
      await perform(removeClient, { ...named, version: 2 });
      expect(await outcomeOf(perform(showClient, { id: client.id }))).to.deep.equal(['not-found']);
    });

    it('exchange their secret with an overlap, and end the old one early', async () => {
      const { client, secret } = await perform(createClient, web);
      const named = { id: client.id };
      const rotated = await perform(rotateClientSecret, { ...named, version: 1 });
      expect(rotated.secret).to.be.a('string').and.not.equal(secret);
      expect(rotated.client.formerSecretUntil).to.equal(world.clock.now() + 7 * DAY);
      expect((await world.stores.clientDirectory.find(client.id))?.value.formerSecret?.value).to.equal(secret);
      const ended = await perform(endFormerSecret, { ...named, version: 2 });
      expect([ended.formerSecretUntil, ended.version]).to.deep.equal([null, 3]);
      const atOnce = await perform(rotateClientSecret, { ...named, version: 3, overlap: 0 });
      expect(atOnce.client.formerSecretUntil).to.equal(null);
      expect(await outcomeOf(perform(rotateClientSecret, { ...named, version: 4, overlap: 91 }))).to.deep.equal([
        'invalid',
        'overlap too-long',
      ]);
      const page = await perform(createClient, { ...web, kind: 'single-page' });
      const publicOne = { id: page.client.id, version: 1 };
      expect(await outcomeOf(perform(rotateClientSecret, publicOne))).to.deep.equal(['not-possible']);
    });

    it('leave no secret in the audit log, nor in any answer but the one', async () => {
      const { client, secret } = await perform(createClient, web);
      const { secret: second } = await perform(rotateClientSecret, { id: client.id, version: 1 });
      const { items } = await perform(listEvents, { client: client.id });
      expect(items.map(({ type }) => type)).to.deep.equal(['client.secret-rotated', 'client.created']);
      const shown = await perform(showClient, { id: client.id });
      const everything = JSON.stringify([items, shown, await world.auditRows()]);
      for (const one of [secret, second]) expect(everything).to.not.include(String(one));
    });

    it('let no service give or take over more than it has', async () => {
      const { client } = await perform(createClient, robot);
      const weak: Actor = {
        client: 'weak',
        role: 'administrator',
        scopes: ['clients:write'],
        proved: true,
        visitor: {},
      };
      const named = { id: client.id, version: 1 };
      expect(await outcomeOf(perform(createClient, robot, weak))).to.deep.equal(['forbidden']);
      expect(await outcomeOf(perform(rotateClientSecret, named, weak))).to.deep.equal(['forbidden']);
      expect(await outcomeOf(perform(changeClient, { ...named, name: 'x' }, weak))).to.deep.equal(['forbidden']);
      expect(await outcomeOf(perform(removeClient, named, weak))).to.deep.equal(['forbidden']);
    });

    it('come with configuration to copy, without a secret', async () => {
      const { client, secret } = await perform(createClient, web);
      const { recipes, issuer } = await perform(clientRecipes, { id: client.id });
      expect(recipes.map((one) => one.for)).to.deep.equal([
        'express-openid-connect',
        'next-auth 4',
        'next-auth 5',
        'mod_auth_openidc',
        'spring-security',
      ]);
      for (const { text } of recipes) {
        expect(text).to.include(issuer).and.include(client.id).and.include(PLACEHOLDER).and.not.include(String(secret));
      }
    });

    it('are seen changed by another process within a second', async () => {
      const { client } = await perform(createClient, web);
      const other = await world.again();
      try {
        expect((await other.stores.clients.byId(client.id))?.name).to.equal('Payroll');
        await perform(changeClient, { id: client.id, version: 1, name: 'Other' });
        world.clock.advance(1_000);
        expect((await other.stores.clients.byId(client.id))?.name).to.equal('Other');
      } finally {
        await other.close();
      }
    });

    it('mail and text messages are tried, as often as is fair', async () => {
      expect(await perform(sendTestMail, { to: 'boss@example.org' })).to.deep.equal({ by: 'outbox' });
      expect(await perform(sendTestText, { number: '+31612345678' })).to.deep.equal({});
      const tries = Array.from({ length: 60 }, () => outcomeOf(perform(sendTestMail, { to: 'boss@example.org' })));
      expect((await Promise.all(tries)).map(String)).to.include('undelivered,to limited');
    });
  });
}
