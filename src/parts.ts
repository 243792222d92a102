import type Koa from 'koa';
import type { Middleware } from 'koa';
import type { Provider } from 'oidc-provider';
import type { Logger } from 'pino';
import type { MailOutbox } from './delivery/mail/outbox.ts';
import type { Outbox } from './delivery/sms/outbox.ts';
import type { Clock } from './domain/clock.ts';
import type { Factor } from './domain/factor.ts';
import type { AccountSource, Mailer, SmsGateway } from './domain/ports.ts';
import type { FactorNeeds } from './factors/index.ts';
import type { AddressOf } from './web/address.ts';

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
  /** oidc-provider as it is now. Another one takes its place when signing keys change: ask for it each time. */
  readonly provider: Provider;
  /**
   * Loads what is otherwise loaded when first asked for: the console, the REST API and the page of one's own account. For a process that
   * has time for it after it began to listen.
   */
  loadRest(): Promise<void>;
  /** The text messages of a demonstration. */
  readonly outbox?: Outbox;
  /** The mails of a demonstration. */
  readonly mailOutbox?: MailOutbox;
  /** Ends connections and work in the background. */
  close(): Promise<void>;
}
