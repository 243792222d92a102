import type Koa from 'koa';
import type { Middleware } from 'koa';
import mount from 'koa-mount';
import type { Provider } from 'oidc-provider';
import { type Logger, pino } from 'pino';
import { openAccountPage, withOwnPage } from './assembly/account-page.ts';
import { errorForLog } from './assembly/error-for-log.ts';
import { every } from './assembly/every.ts';
import { factorsFor } from './assembly/factors.ts';
import { openMail } from './assembly/mail.ts';
import { openMetadata } from './assembly/metadata.ts';
import { rendering } from './assembly/rendering.ts';
import { openSms } from './assembly/sms.ts';
import { openStores } from './assembly/stores.ts';
import { type Config, ConfigError } from './config.ts';
import type { MailOutbox } from './delivery/mail/outbox.ts';
import type { Outbox } from './delivery/sms/outbox.ts';
import type { Clock } from './domain/clock.ts';
import type { Factor } from './domain/factor.ts';
import { epochOf } from './domain/login.ts';
import type { AccountSource, Mailer, SmsGateway } from './domain/ports.ts';
import type { FactorNeeds } from './factors/index.ts';
import { linkFollower } from './flows/permits/follow-link.ts';
import { isEnough } from './flows/sign-in/assurance.ts';
import { createSignIn } from './flows/sign-in/index.ts';
import type { Needs } from './flows/sign-in/needs.ts';
import { queueBackchannelLogout } from './oidc/backchannel-logout.ts';
import { createInteractions } from './oidc/interaction.ts';
import { createProvider } from './oidc/provider.ts';
import { sessionEnds } from './oidc/session-ends.ts';
import { ensureSigningKeys } from './oidc/signing-keys.ts';
import { migrate } from './stores/sql/migrate.ts';
import { systemClock } from './system-clock.ts';
import { type AddressOf, addressOf } from './web/address.ts';
import { createApp } from './web/app.ts';
import { browserCookies } from './web/browser-cookies.ts';
import { interactionRoutes } from './web/interaction.ts';
import { createPages } from './web/pages.ts';
import { passwordRoutes } from './web/password.ts';
import { permitRoutes } from './web/permit.ts';
import { protocolPages } from './web/protocol-pages.ts';
import { relatedOrigins } from './web/related-origins.ts';
import { wellKnown } from './web/well-known.ts';

export { type Config, ConfigError, loadConfig, parseConfig } from './config.ts';
export type { Account, Profile, Role } from './domain/account.ts';
export type { Clock } from './domain/clock.ts';
export type * from './domain/factor.ts';
export type { AccountSource, Mail, Mailer, SmsGateway, TextMessage } from './domain/ports.ts';
export { Undelivered, type UndeliveredReason } from './domain/undelivered.ts';
export type { AddressOf } from './web/address.ts';

/** Milliseconds between two looks at who has yet to be told of a sign-out. */
const LOGOUT_PAUSE = 2_000;

/** What whoever mounts Sluis may bring along in place of its own. */
export interface Parts {
  /** Where people come from; by default Sluis's own table. */
  readonly accounts?: AccountSource;
  readonly clock?: Clock;
  /** Whom a request comes from; by default the connection, or what `trustedProxies` say. */
  readonly address?: AddressOf;
  readonly logger?: Logger;
  /** Factors beside Sluis's own; offered when `methods` names them. */
  readonly factors?: (needs: FactorNeeds) => readonly Factor[];
  /** Sends text messages, in place of the configured gateways; within the configured limits and countries. */
  readonly smsGateway?: SmsGateway;
  /** Sends mail, in place of the configured server. */
  readonly mailer?: Mailer;
  /** Folders of views and texts, laid over Sluis's own. */
  readonly views?: readonly string[];
  /** Threads of libuv's pool (`UV_THREADPOOL_SIZE`); 4 unless it was set before the process started. */
  readonly threadPool?: number;
}

/** An identity provider, ready to answer. */
export interface Sluis {
  /** Mount it under the path of the issuer: `app.use(mount('/id', sluis.app))`. */
  readonly app: Koa;
  /**
   * Goes before everything else in the app of a host whose root is not the issuer: RFC 8414 puts metadata there, and browsers look there
   * for the other sites that security keys may be used on.
   */
  readonly wellKnown: Middleware;
  readonly provider: Provider;
  /** The text messages of a demonstration. */
  readonly outbox?: Outbox;
  /** The mails of a demonstration. */
  readonly mailOutbox?: MailOutbox;
  /** Ends connections and work in the background. */
  close(): Promise<void>;
}

/**
 * Builds Sluis from a checked configuration (`loadConfig`, or `parseConfig` of an object): opens and migrates its stores, makes
 * signing keys at the first start.
 *
 * @throws {ConfigError} when settings do not fit what is there
 * @throws {Failure} `unavailable` when a store cannot be reached
 */
export async function createSluis(config: Config, parts: Parts = {}): Promise<Sluis> {
  const { clock = systemClock, threadPool = 4 } = parts;
  const given = parts.logger ?? pino({ level: config.log.level });
  const logger = given.child({}, { serializers: { err: errorForLog } });
  const issuer = new URL(config.issuer);
  const base = issuer.pathname.replace(/\/$/, '');
  const opened = await openStores(config, { clock, logger, threadPool });
  const stores = withOwnPage(opened, { issuer, name: config.brand.name });
  try {
    await migrate(stores.database);
    const accounts = parts.accounts ?? stores.accounts;
    const sms = await openSms(config, { ...stores, clock, logger, smsGateway: parts.smsGateway });
    if (config.officeCode === 'never' && accounts === stores.accounts && (await stores.accounts.shareUsernames())) {
      const expected = '"always" or "automatic": people of different organizations have the same username';
      throw new ConfigError([{ path: 'officeCode', expected }]);
    }
    const { assets, renderer } = rendering(config, { base, clock, views: parts.views ?? [] });
    const sending = { textMessages: sms.textMessages, words: renderer.texts.text };
    const metadata = await openMetadata(config, { clock, logger });
    const factors = factorsFor(config, { ...stores, accounts, clock, ...sending, metadata }, parts.factors);
    const endSessions = sessionEnds({ sessions: stores.sessions, queue: stores.logoutQueue, clock });
    const { mailer } = parts;
    const mail = openMail(config, { ...stores, accounts, factors, endSessions, renderer, clock, logger, mailer });
    const needs: Needs = {
      ...stores,
      accounts,
      audit: mail?.audit ?? stores.audit,
      clock,
      ...(mail && { letters: mail.letters }),
      endSessions,
      factors,
      settings: {
        policy: config.policy,
        lifetime: config.session.interaction,
        switchOffAfter: config.lockout.switchOffAfter,
        throttle: config.throttle,
      },
    };
    const cookies = browserCookies(issuer, stores.vault);
    const pages = createPages(renderer, cookies);
    const address = parts.address ?? addressOf(config.trustedProxies);
    const provider = createProvider({
      ...stores,
      issuer: config.issuer,
      accounts,
      clock,
      logger,
      settings: {
        ...config.oidc,
        lifetimes: {
          ...config.oidc.lifetimes,
          session: config.session.lifetime,
          interaction: config.session.interaction,
        },
        allowPrivateAddresses: config.oidc.backchannelLogout.allowPrivateAddresses,
      },
      keys: await ensureSigningKeys(stores.signingKeys, clock),
      heldBy: async (account) => {
        const set = await stores.enrolments.of(account.id);
        return { set, epoch: epochOf(account, set) };
      },
      isEnough: (question) => isEnough(needs, question),
      pages: protocolPages({ pages, cookies, clients: stores.clients }),
    });
    const logouts = queueBackchannelLogout(provider, {
      queue: stores.logoutQueue,
      retries: config.oidc.backchannelLogout.retries,
      clock,
      logger,
    });
    const origins = relatedOrigins(config.webauthn.origins);
    const routed = { issuer, base, pages, cookies, clients: stores.clients, address };
    const app = createApp({
      ...routed,
      relatedOrigins: origins,
      logger,
      assets,
      probes: stores.probes,
      metrics: config.metrics,
      forgottenPassword: mail?.passwords && `${base}/forgotten-password`,
      routes: [
        interactionRoutes({
          ...routed,
          interactions: createInteractions(provider),
          signIn: createSignIn(needs),
          forgottenPassword: mail?.passwords !== undefined,
          factors: needs.factors,
          offerStay: config.session.staySignedIn,
        }),
        permitRoutes({ ...routed, followLink: linkFollower(needs) }),
        ...(mail?.passwords ? [passwordRoutes({ ...routed, passwords: mail.passwords })] : []),
        openAccountPage({ ...routed, ...stores, needs, provider }),
      ],
      provider: mount(provider),
    });
    const stopLogouts = every(LOGOUT_PAUSE, () => logouts.runDue(), logger);
    const stopMail = mail?.start();
    return {
      app,
      provider,
      wellKnown: wellKnown(issuer, app, origins),
      ...(sms.outbox && { outbox: sms.outbox }),
      ...(mail?.outbox && { mailOutbox: mail.outbox }),
      async close() {
        await stopLogouts();
        await stopMail?.();
        await sms.close();
        await stores.close();
      },
    };
  } catch (error) {
    await stores.close();
    throw error;
  }
}
