import Koa from 'koa';
import type { OutboxMail } from '../delivery/mail/outbox.ts';
import type { OutboxMessage } from '../delivery/sms/outbox.ts';
import type { Clock } from '../domain/clock.ts';
import type { DemoAccount } from './accounts.ts';
import { createPages } from './pages.ts';
import { createProvider, type Provider, type SignedIn } from './provider.ts';
import { createRoutes } from './routes.ts';
import { createVisits } from './visits.ts';

export interface RelyingPartyOptions {
  /** The OpenID provider, as it names itself. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where people reach this application, without a slash at the end. */
  readonly url: string;
  readonly clock: Clock;
  /** Accounts to try, listed on the first page. */
  readonly accounts?: readonly DemoAccount[];
  /** Text messages that the provider would have sent, the latest first; shown on a page. */
  readonly messages?: () => readonly OutboxMessage[];
  /** Mail that the provider would have sent; shown on the same page. */
  readonly mails?: () => readonly OutboxMail[];
  /** Told of every set of tokens that was obtained and verified. */
  readonly onTokens?: (signedIn: SignedIn) => void;
  /** Told of everything that went wrong, in a line without secrets. */
  readonly log?: (line: string) => void;
}

/**
 * A small web application that leaves signing in to an OpenID provider: what a relying party has to do, and a page that shows
 * what it got. It is a confidential web client; its sessions are in memory.
 */
export function createRelyingParty(options: RelyingPartyOptions): Koa {
  const { clock, accounts = [], messages, mails, log = () => {} } = options;
  const url = new URL(options.url);
  const issuer = new URL(options.issuer);
  const provider = createProvider({
    ...options,
    issuer,
    redirectUri: `${options.url}/callback`,
    postLogoutRedirectUri: `${options.url}/signed-out`,
  });

  const app = new Koa();
  app.silent = true;
  app.on('error', (error: unknown) =>
    log(`demo application: ${error instanceof Error ? error.stack : 'unknown error'}`),
  );
  const parts = {
    url,
    issuer: options.issuer,
    clock,
    accounts,
    log,
    ...(messages && { messages }),
    ...(mails && { mails }),
    pages: createPages(),
    visits: createVisits(clock),
  };
  app.use(createRoutes({ ...parts, provider: telling(provider, options.onTokens) }));
  return app;
}

/**
 * What the application's client is registered with when it runs at this address, in the names of OpenID Connect Dynamic Client
 * Registration 1.0, section 2.
 * @param url without a slash at the end
 */
export function clientMetadata(url: string) {
  return {
    redirect_uris: [`${url}/callback`],
    post_logout_redirect_uris: [`${url}/signed-out`],
    backchannel_logout_uri: `${url}/backchannel-logout`,
    backchannel_logout_session_required: true,
    client_uri: url,
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'client_secret_basic',
  };
}

function telling(provider: Provider, onTokens: RelyingPartyOptions['onTokens'] = () => {}): Provider {
  const tell = (signedIn: SignedIn) => {
    onTokens(signedIn);
    return signedIn;
  };
  return {
    ...provider,
    redeem: async (answer, attempt) => tell(await provider.redeem(answer, attempt)),
    refresh: async (from) => tell(await provider.refresh(from)),
  };
}
