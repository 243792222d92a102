import { startAudit } from './assembly/audit.ts';
import { errorForLog } from './assembly/error-for-log.ts';
import { factorsFor } from './assembly/factors.ts';
import { foreignHolders } from './assembly/holders.ts';
import { openMail, openPasswords } from './assembly/mail.ts';
import { openMetadata } from './assembly/metadata.ts';
import { openLog } from './assembly/open-log.ts';
import { withOwnPages } from './assembly/own-pages.ts';
import { openProtocol } from './assembly/protocol.ts';
import { rendering } from './assembly/rendering.ts';
import { openSms } from './assembly/sms.ts';
import { openStores } from './assembly/stores.ts';
import { type Config, ConfigError } from './config.ts';
import { scopes } from './flows/administration/scopes.ts';
import { withOrganization } from './flows/audit/with-organization.ts';
import { linkFollower } from './flows/permits/follow-link.ts';
import { isEnough } from './flows/sign-in/assurance.ts';
import { createSignIn } from './flows/sign-in/index.ts';
import type { Needs } from './flows/sign-in/needs.ts';
import { createInteractions } from './oidc/interaction.ts';
import { sessionEnds } from './oidc/session-ends.ts';
import type { Parts, Sluis } from './parts.ts';
import { migrate } from './stores/sql/migrate.ts';
import { systemClock } from './system-clock.ts';
import { addressOf } from './web/address.ts';
import { PLACE as API_PLACE } from './web/api/place.ts';
import { createApp } from './web/app.ts';
import { browserCookies } from './web/browser-cookies.ts';
import { slowDownUserCodes } from './web/device.ts';
import { interactionRoutes } from './web/interaction.ts';
import { lateRoutes } from './web/late-routes.ts';
import { loadOnce } from './web/load-once.ts';
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
export type { Parts, Sluis } from './parts.ts';
export type { AddressOf } from './web/address.ts';

/**
 * Builds Sluis from a checked configuration (`loadConfig`, or `parseConfig` of an object): opens and migrates its stores, makes
 * signing keys at the first start.
 *
 * @throws {ConfigError} when settings do not fit what is there
 * @throws {Failure} `unavailable` when a store cannot be reached
 */
export async function createSluis(config: Config, parts: Parts = {}): Promise<Sluis> {
  const { clock = systemClock, threadPool = 4 } = parts;
  const given = parts.logger ?? openLog(config.log.level);
  const logger = given.child({}, { serializers: { err: errorForLog } });
  const issuer = new URL(config.issuer);
  const base = issuer.pathname.replace(/\/$/, '');
  const opened = await openStores(config, { clock, logger, threadPool });
  const stores = withOwnPages(opened, { issuer, name: config.brand.name });
  try {
    await migrate(stores.database);
    const accounts = parts.accounts ?? stores.accounts;
    const holders = accounts === stores.accounts ? stores.holders : foreignHolders(accounts, stores.enrolments);
    const audit = withOrganization(stores.audit, accounts);
    const sms = await openSms(config, { ...stores, audit, clock, logger, smsGateway: parts.smsGateway });
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
    const mailing = {
      ...stores,
      audit,
      accounts,
      reminders: accounts === stores.accounts ? stores.reminders : undefined,
      factors,
      endSessions,
      renderer,
      clock,
      logger,
      mailer,
    };
    const mail = openMail(config, mailing);
    const passwords = mail?.passwords ?? openPasswords(config, mailing);
    const needs: Needs = {
      ...stores,
      accounts,
      holders,
      audit: mail?.audit ?? audit,
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
    const api = { resource: `${issuer.origin}${base}${API_PLACE}`, scopes };
    const protocol = await openProtocol(config, {
      ...stores,
      accounts,
      clock,
      logger,
      holders,
      isEnough: (question) => isEnough(needs, question),
      pages: protocolPages({ pages, cookies, clients: stores.clients }),
      api,
    });
    const { provider } = protocol;
    const origins = relatedOrigins(config.webauthn.origins);
    const routed = { issuer, base, pages, cookies, clients: stores.clients, address };
    const account = loadOnce(async () => {
      const { openAccountPage } = await import('./assembly/account-page.ts');
      return openAccountPage({ ...stores, ...routed, needs, provider, passwords: mail?.passwords }).routes();
    });
    const staff = loadOnce(async () => {
      const { openStaff } = await import('./assembly/staff.ts');
      return openStaff(config, {
        ...routed,
        ...protocol,
        stores,
        needs,
        foreignAccounts: parts.accounts,
        mailer: mail?.mailer,
        textMessages: sms.textMessages,
        api,
        logger,
      });
    });
    const app = createApp({
      ...routed,
      api: lateRoutes(['/api'], async () => (await staff()).api),
      relatedOrigins: origins,
      logger,
      assets,
      probes: stores.probes,
      metrics: config.metrics ? (await import('./web/metrics.ts')).createMetrics() : undefined,
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
        ...(passwords ? [passwordRoutes({ ...routed, passwords, asking: mail !== undefined })] : []),
      ],
      late: [lateRoutes(['/account', '/email'], account), lateRoutes(['/admin'], async () => (await staff()).console)],
      provider: config.oidc.deviceFlow
        ? slowDownUserCodes({
            ...routed,
            provider: protocol.answer,
            throttle: stores.throttle,
            rule: config.throttle.address,
          })
        : protocol.answer,
    });
    const stopProtocol = protocol.start();
    const stopMail = mail?.start();
    const stopAudit = startAudit(config, { chain: stores.auditChain, clock, logger });
    return {
      app,
      get provider() {
        return provider();
      },
      wellKnown: wellKnown(issuer, app, origins),
      async loadRest() {
        await Promise.all([account(), staff()]);
      },
      ...(sms.outbox && { outbox: sms.outbox }),
      ...(mail?.outbox && { mailOutbox: mail.outbox }),
      async close() {
        await stopProtocol();
        await stopMail?.();
        await stopAudit();
        await sms.close();
        await stores.close();
      },
    };
  } catch (error) {
    await stores.close();
    throw error;
  }
}
