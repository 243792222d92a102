import { createHash, randomBytes } from 'node:crypto';
import { generate } from 'otplib';
import type { BenchAccount } from './account.ts';
import { formWith, refreshOf } from './page.ts';
import { type Answer, send } from './send.ts';
import { UserAgent, type Watch } from './user-agent.ts';

/** A server under measurement, and the public client that signs people in there. */
export interface Target {
  readonly issuer: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly endpoints: Readonly<Record<'authorization' | 'token' | 'userinfo', string>>;
}

/** More pages than this means that the server asks the same again. */
const MOST_PAGES = 8;

/**
 * Signs one account in as a browser would (password, TOTP), redeems the code and reads userinfo, by what the pages and answers say.
 * @returns how many requests it took
 * @throws when anything goes otherwise than it should
 */
export async function login(target: Target, account: BenchAccount, watch: Watch = async () => {}): Promise<number> {
  const agent = new UserAgent(new URL(target.issuer).origin, watch);
  const { code, verifier } = await signIn(agent, target, account);
  await redeem(target, { code, verifier }, watch);
  return agent.requests + 2;
}

/** From the authorization request to the code that the application gets. */
export async function signIn(agent: UserAgent, target: Target, account: BenchAccount): Promise<Redeemable> {
  const { answer: first, verifier } = await begin(agent, target);
  let answer = first;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    if (answer.location?.href.startsWith(target.redirectUri)) {
      return { code: answer.location.searchParams.get('code') ?? '', verifier };
    }
    answer = await goOn(agent, answer, account);
  }
  throw unexpected('did not come back to the application', answer);
}

/** What an application exchanges for tokens. */
export interface Redeemable {
  readonly code: string;
  readonly verifier: string;
}

/** Sends an authorization request. @param more parameters of it */
export async function begin(agent: UserAgent, target: Target, more: Readonly<Record<string, string>> = {}) {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, answer: await agent.get(authorizationUrl(target, { verifier, more })) };
}

/** Follows a redirect, or fills a page in and sends it. */
export async function goOn(agent: UserAgent, answer: Answer, account: BenchAccount): Promise<Answer> {
  if (answer.location !== undefined) return agent.get(answer.location);
  const onward = refreshOf(answer.text);
  if (onward !== undefined) return agent.get(new URL(onward, answer.url));

  const known = await answersOf(account);
  const form = formWith(answer.text, new Set(Object.keys(known)));
  if (answer.status !== 200 || form === undefined) throw unexpected('no form that can be answered', answer);
  const filled = Object.fromEntries(
    form.open.flatMap((name) => (known[name] === undefined ? [] : [[name, known[name]]])),
  );
  return agent.post(new URL(form.action, answer.url), { ...form.fields, ...filled });
}

/** What the application does with the code. */
async function redeem(target: Target, { code, verifier }: Redeemable, watch: Watch): Promise<void> {
  const { endpoints, clientId, redirectUri } = target;
  const tokens = await send(
    new URL(endpoints.token),
    { accept: 'application/json' },
    { grant_type: 'authorization_code', client_id: clientId, redirect_uri: redirectUri, code, code_verifier: verifier },
  );
  if (tokens.status !== 200) throw unexpected('no tokens', tokens);
  await watch('POST token');
  const { access_token: token } = JSON.parse(tokens.text) as Record<string, string>;
  const userinfo = await send(new URL(endpoints.userinfo), { authorization: `Bearer ${token}` });
  if (userinfo.status !== 200) throw unexpected('no userinfo', userinfo);
  await watch('GET userinfo');
}

/** What the account's owner types, by the name of the field. */
async function answersOf({ username, password, totp, office }: BenchAccount): Promise<Partial<Record<string, string>>> {
  const code = await generate({ secret: totp });
  return { username, password, code, ...(office !== undefined && { office }) };
}

function authorizationUrl(target: Target, { verifier, more }: { verifier: string; more: object }): URL {
  const url = new URL(target.endpoints.authorization);
  url.search = new URLSearchParams({
    client_id: target.clientId,
    redirect_uri: target.redirectUri,
    response_type: 'code',
    scope: 'openid profile',
    state: randomBytes(8).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  }).toString();
  return url;
}

function unexpected(what: string, { status, text }: Answer): Error {
  return new Error(`${what}: ${status} ${text.slice(0, 500)}`);
}
