import { expect } from 'chai';
import { createLocalJWKSet, type JWTVerifyResult, jwtVerify } from 'jose';
import { MFA, SFA } from '../../src/domain/acr.ts';
import { appCode } from '../support/codes.ts';
import { CLIENT_SECRET } from '../support/seed.ts';
import { staff } from '../support/staff.ts';
import { pairs } from '../support/world.ts';
import { redeem } from './support/application.ts';
import { ask, Browser, hidden, type Landed } from './support/browser.ts';
import { atConsole } from './support/console.ts';
import { send } from './support/http.ts';
import { CALLBACK, openTarget, type Target } from './support/target.ts';

const MINUTE = 60_000;
const PLACE = '/admin/test-sign-in';

const applications = [
  {
    type: 'client',
    id: 'key',
    name: 'With a key',
    firstParty: true,
    metadata: {
      redirect_uris: [CALLBACK],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'RS256',
      id_token_signed_response_alg: 'RS256',
      userinfo_signed_response_alg: 'RS256',
      require_pushed_authorization_requests: true,
      jwks_uri: 'https://app.example/jwks',
    },
  },
  {
    type: 'client',
    id: 'narrow',
    name: 'For one office',
    secret: CLIENT_SECRET,
    firstParty: true,
    minimumAcr: MFA,
    organizations: ['DEVRIES'],
    metadata: { redirect_uris: [CALLBACK], scope: 'openid email' },
  },
  {
    type: 'client',
    id: 'phone',
    name: 'On a phone',
    firstParty: true,
    metadata: {
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      redirect_uris: ['com.example.phone:/back'],
    },
  },
];

for (const pair of pairs) {
  describe(`an administrator who tries a sign-in at an application, on ${pair}`, () => {
    let target: Target;
    before(async () => {
      target = await openTarget(pair, { lines: [...staff, ...applications] });
    });
    after(() => target.idp.close());

    const at = (username: string) => atConsole(target, username);

    /** Presses the button. */
    async function begin(browser: Browser, client: string, scopes = 'openid profile'): Promise<Landed> {
      const place = `/admin/clients/${client}`;
      const { bound = '' } = hidden(await browser.get(place));
      return browser.follow(await browser.post(`${place}/test`, { bound, scopes }));
    }

    const tokenOn = ({ answer }: Landed) => /data-copy="(ey[\w.-]+)"/.exec(answer.body)?.[1] ?? '';

    async function verified(token: string): Promise<JWTVerifyResult> {
      const { body } = await send(target.address, { path: '/jwks', headers: { host: new URL(target.issuer).host } });
      return jwtVerify(token, createLocalJWKSet(JSON.parse(body)), { issuer: target.issuer });
    }

    it('sees the ID token that the application would get, of whoever signed in, and is at the console as before', async () => {
      const ada = await at('ada');
      const { session } = ada;
      const landed = await ada.password(await begin(ada, 'web'), 'mila', 'MOLEN');
      expect(landed.path).to.match(/^\/admin\/test-sign-in\?code=/);
      expect(landed.answer.status).to.equal(200);
      expect(landed.answer.headers['cache-control']).to.equal('no-store');
      const { payload, protectedHeader } = await verified(tokenOn(landed));
      expect(protectedHeader.alg).to.equal('ES256');
      expect(payload).to.include({ aud: 'web', acr: SFA, name: 'Mila Smit' });
      expect(payload.amr).to.deep.equal(['pwd']);
      expect(payload.nonce).to.match(/^[\w-]{43}$/);
      expect(landed.answer.body).to.include('Mila Smit').and.to.include(String(payload.nonce));

      expect(ada.session, 'the session was not touched').to.equal(session);
      expect((await ada.get('/admin/people')).body).to.include('Ada Beheer');
      expect(ada.cookies.filter(({ name }) => name.includes('trial'))).to.deep.equal([]);
      const events = (await ada.get('/admin/audit?type=client.tested')).body;
      expect(events).to.include('client.tested').and.to.include(String(payload.sub));
    });

    it('leaves nothing: no session or access of whoever signed in, no code to redeem, no second look', async () => {
      const ada = await at('ada');
      const first = await begin(ada, 'web');
      const ticket = ada.cookies.filter(({ name }) => name.includes('trial-ticket'));
      expect(ticket).to.have.length(1);
      const landed = await ada.password(first, 'mila', 'MOLEN');
      expect((await ada.get(landed.path)).status).to.equal(404);
      for (const cookie of ticket) ada.put(cookie);
      expect((await ada.get(landed.path)).status, 'with the ticket that it took').to.equal(404);
      const code = new URLSearchParams(landed.path.split('?')[1]).get('code') ?? '';
      expect((await redeem(target, code, ask().verifier)).status).to.equal(400);

      const mila = new Browser(target);
      await mila.password(await mila.follow(await mila.get('/account')), 'mila', 'MOLEN');
      expect((await mila.get('/account/applications')).body).to.not.include('Invoices');
      expect((await mila.get('/account/sessions')).body.match(/Invoices/g)).to.equal(null);
      const log = target.idp.log.join('');
      for (const secret of [code, tokenOn(landed), tokenOn(landed).split('.')[2] ?? '?']) {
        expect(log).to.not.include(secret);
      }
    });

    it('goes through it with any way in which an application proves who it is, and with consent where it needs one', async () => {
      const ada = await at('ada');
      const key = await ada.password(await begin(ada, 'key'), 'mila', 'MOLEN');
      expect((await verified(tokenOn(key))).protectedHeader.alg).to.equal('RS256');
      expect(key.answer.body).to.include('preferred_username');
      for (const client of ['spa', 'phone']) {
        const landed = await ada.password(await begin(ada, client), 'mila', 'MOLEN');
        expect((await verified(tokenOn(landed))).payload.aud).to.equal(client);
      }
      const asked = await ada.password(await begin(ada, 'guest'), 'mila', 'MOLEN');
      expect(asked.answer.body, 'consent').to.include('asks for access').and.to.not.include('data-copy');
      const agreed = await ada.answer(asked, { act: 'answer' });
      expect((await verified(tokenOn(agreed))).payload.aud).to.equal('guest');
    });

    it('is told why it fails', async () => {
      const ada = await at('ada');
      const scope = await begin(ada, 'narrow');
      expect(scope.answer.status).to.equal(200);
      expect(scope.answer.body).to.include('invalid_scope').and.to.include('may not ask for one of these scopes');
      const first = await begin(ada, 'narrow', 'email');
      const refused = await ada.password(first, 'mila', 'MOLEN');
      const ended = await ada.answer({ ...refused, path: first.path }, { act: 'cancel' });
      expect(ended.answer.body).to.include('access_denied').and.to.include('DEVRIES');
      expect(tokenOn(ended)).to.equal('');
      // Somebody of that office gets in, with everything that it demands.
      target.idp.clock.advance(MINUTE);
      const asked = await ada.password(await begin(ada, 'narrow', 'email'), 'teun', 'DEVRIES');
      const strong = await ada.code(asked, appCode(target.idp.clock));
      const { payload } = await verified(tokenOn(strong));
      expect(payload).to.include({ aud: 'narrow', acr: MFA });
      expect(payload.amr).to.deep.equal(['pwd', 'otp', 'mfa']);
      // The next one begins from nothing, whatever was left half-way.
      const next = await ada.password(await begin(ada, 'web'), 'mila', 'MOLEN');
      expect(tokenOn(next)).to.not.equal('');
      const { bound = '' } = hidden(await ada.get('/admin/clients/web'));
      expect((await ada.post('/admin/clients/robot/test', { bound, scopes: '' })).status).to.equal(422);
      expect((await ada.post('/admin/clients/sluis-admin/test', { bound, scopes: '' })).status).to.equal(404);
    });

    it('is alone with it: another browser, another administrator, another role and an old trial get nothing', async () => {
      const [ada, other] = [await at('ada'), await at('ada')];
      const first = await begin(ada, 'web');
      // The browser comes back, but the answer is looked at elsewhere first.
      const posted = await ada.post(first.path, {
        ...hidden(first.answer),
        username: 'mila',
        office: 'MOLEN',
        password: 'correct horse battery',
      });
      const finish = /content="0;url=([^"]+)"/.exec(posted.body)?.[1] ?? posted.headers.location ?? '';
      const back = (await ada.get(new URL(finish, target.issuer).pathname)).headers.location ?? '';
      const path = back.slice(target.issuer.length);
      expect(path).to.match(/^\/admin\/test-sign-in\?code=/);
      expect((await other.get(path)).status).to.equal(404);
      for (const { name, value, path: where } of ada.cookies.filter(({ name }) => name.includes('trial'))) {
        other.put({ name, value, path: where });
      }
      expect((await other.get(path)).status, 'with the cookies of the first').to.equal(404);
      expect((await ada.get(path)).status, 'and its code is gone').to.not.equal(404);
      expect((await ada.get(`${PLACE}?code=x&state=y`)).status).to.equal(404);

      const sara = await at('sara');
      const { bound = '' } = hidden((await sara.follow(await sara.get('/admin/people/new'))).answer);
      expect((await sara.post('/admin/clients/web/test', { bound, scopes: '' })).status).to.equal(403);
      expect((await sara.get(path)).status).to.equal(403);
      const elsewhere = { origin: 'https://evil.example' };
      const own = hidden(await ada.get('/admin/clients/web'));
      expect((await ada.post('/admin/clients/web/test', { ...own, scopes: '' }, elsewhere)).status).to.equal(403);

      const late = await begin(ada, 'web');
      target.idp.clock.advance(10 * MINUTE);
      const landed = await ada.password(late, 'mila', 'MOLEN');
      expect(landed.path).to.equal(PLACE);
      expect(landed.answer.status).to.equal(404);

      // A proof of an hour ago is none.
      target.idp.clock.advance(61 * MINUTE);
      const unproved = await ada.post('/admin/clients/web/test', { ...own, scopes: '' });
      expect(unproved.status).to.equal(422);
      expect(unproved.body).to.include('/admin/prove');
      target.idp.clock.advance(10 * MINUTE);
      expect((await ada.get(PLACE)).headers.location).to.include('/auth?');
    });

    it('is the only one who can have anybody come back there', async () => {
      const { query } = ask({ redirect_uri: `${target.issuer}${PLACE}` });
      const stranger = new Browser(target);
      const answer = await stranger.get(`/auth?${new URLSearchParams(query)}`);
      expect(answer.status).to.equal(400);
      expect(answer.headers.location).to.equal(undefined);
      for (const path of [`${PLACE}/auth?${new URLSearchParams(query)}`, `${PLACE}/auth/some-interaction`]) {
        expect((await stranger.get(path)).headers.location, path).to.equal(PLACE);
      }
      // What a link says changes nothing about the trial that is under way.
      const ada = await at('ada');
      await begin(ada, 'web');
      const linked = new URLSearchParams({ ...query, client_id: 'spa', redirect_uri: 'https://evil.example/' });
      const landed = await ada.password(await ada.follow(await ada.get(`${PLACE}/auth?${linked}`)), 'mila', 'MOLEN');
      expect((await verified(tokenOn(landed))).payload.aud).to.equal('web');
      for (const path of ['/token', '/me', '/jwks']) expect((await ada.get(`${PLACE}${path}`)).status).to.equal(404);
    });
  });
}
