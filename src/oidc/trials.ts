import type { AuthorizationCode } from 'oidc-provider';
import type { Clock } from '../domain/clock.ts';
import type { GrantedTrial, Models, RefusedTrial, Sessions, SignInTrials, Vault } from '../domain/ports.ts';
import { authorizationsOf } from './authorizations.ts';
import { type Answered, askInProcess } from './in-process.ts';
import { revokeGrant } from './revoke-grant.ts';
import { TRIAL_PLACE, TRIAL_TIME, type TrialProvider, trialRedirect } from './trial-provider.ts';
import { isSame, type TrialTicket, trialTickets } from './trial-ticket.ts';

export interface TrialParts {
  /** That of trials, with the signing keys of now. */
  readonly provider: TrialProvider;
  readonly issuer: URL;
  readonly models: Models;
  readonly sessions: Sessions;
  readonly vault: Vault;
  readonly clock: Clock;
}

/** See the port. What a browser keeps on its way is looked after by `trialBrowser`. */
export function createTrials(parts: TrialParts): SignInTrials {
  const { issuer, models } = parts;
  const tickets = trialTickets(parts);
  return {
    async begin(wanted, session) {
      await endSession(parts, session);
      return { address: `${issuer.pathname.replace(/\/$/, '')}${TRIAL_PLACE}/auth`, ticket: tickets.make(wanted) };
    },

    async finish({ ticket: sealed, bound, session, state, code, error, description }) {
      const ticket = tickets.read(sealed);
      const isTheirs = ticket !== undefined && isSame(ticket.bound, bound) && isSame(ticket.state, state);
      // Whoever comes first, on whichever process: what is answered once is over, and theirs to clear away.
      if (isTheirs && !(await spend(parts, ticket))) return undefined;
      const issued = code === undefined ? undefined : await trialCode(parts, code, ticket);
      try {
        if (!isTheirs) return undefined;
        const result = code === undefined ? refused(error, description) : await redeem(parts, ticket, code);
        return { client: ticket.client, ...result };
      } finally {
        // Whatever came of it: no token, consent or session is left.
        if (issued?.grantId !== undefined) await revokeGrant(models, issued.grantId);
        await endSession(parts, session);
      }
    },
  };
}

/** True for the first of any number of answers to one trial. */
function spend({ models, clock }: TrialParts, { state, at }: TrialTicket): Promise<boolean> {
  const lifetime = Math.ceil((at + TRIAL_TIME - clock.now()) / 1_000);
  return models.add({ model: 'SpentTrial', id: state }, { stored: {}, lifetime });
}

/** The code, where a trial of this client was given it: nothing that belongs to an application is touched. */
async function trialCode(
  { provider, issuer }: TrialParts,
  code: string,
  ticket: TrialTicket | undefined,
): Promise<AuthorizationCode | undefined> {
  const found = await provider().AuthorizationCode.find(code);
  const isOurs = found?.clientId === ticket?.client && found?.redirectUri === trialRedirect(issuer.href);
  return isOurs ? found : undefined;
}

async function redeem(
  { provider, issuer }: TrialParts,
  { client, nonce, verifier }: TrialTicket,
  code: string,
): Promise<GrantedTrial | RefusedTrial> {
  const form = {
    grant_type: 'authorization_code',
    client_id: client,
    redirect_uri: trialRedirect(issuer.href),
    code,
    code_verifier: verifier,
  };
  const tokens = await askInProcess(provider(), { path: '/token', form });
  const { id_token: idToken, access_token: token, scope } = Object(tokens.body);
  if (typeof idToken !== 'string' || typeof token !== 'string') return refusedBy(tokens);
  const told = await askInProcess(provider(), { path: '/me', form: {}, token });
  if (told.status !== 200) return refusedBy(told);
  const [header = {}, claims = {}] = partsOf(idToken);
  // OpenID Connect Core, section 3.1.3.7, as every application should.
  if (claims.nonce !== nonce || claims.aud !== client) throw new TypeError('an ID token that was not asked for');
  const userinfo = typeof told.body === 'string' ? (partsOf(told.body)[1] ?? {}) : Object(told.body);
  return { outcome: 'granted', idToken, header, claims, userinfo, scopes: String(scope ?? '').split(' ') };
}

/** Header and payload of a JSON Web Token (RFC 7519, section 3) of our own making. */
function partsOf(token: string): readonly Readonly<Record<string, unknown>>[] {
  const [header = '', payload = ''] = token.split('.');
  return [header, payload].map((part) => Object(JSON.parse(Buffer.from(part, 'base64url').toString())));
}

function refusedBy({ body }: Answered): RefusedTrial {
  const { error, error_description: description } = Object(body);
  return refused(String(error), typeof description === 'string' ? description : undefined);
}

function refused(error: string | undefined, description: string | undefined): RefusedTrial {
  return { outcome: 'refused', error: error ?? 'server_error', ...(description !== undefined && { description }) };
}

/** Ends what a trial left in its own cookie. The application never heard of that session, and is told nothing. */
async function endSession({ sessions, models }: TrialParts, cookie: string | undefined): Promise<void> {
  const session = cookie === undefined ? undefined : await sessions.findByCookie(cookie);
  if (cookie === undefined || session === undefined) return;
  const grants = authorizationsOf(session).flatMap(({ grant = [] }) => grant);
  await Promise.all(grants.map((grant) => revokeGrant(models, grant)));
  await sessions.end(cookie);
}
