import { pino } from 'pino';
import { openAdministration } from '../../src/assembly/administration.ts';
import { factorsFor } from '../../src/assembly/factors.ts';
import { openSms } from '../../src/assembly/sms.ts';
import { openStores } from '../../src/assembly/stores.ts';
import { type Config, parseConfig } from '../../src/config.ts';
import { createMailOutbox } from '../../src/delivery/mail/outbox.ts';
import type { Factor } from '../../src/domain/factor.ts';
import type { AccountSource, SmsGateway } from '../../src/domain/ports.ts';
import type { SignInRequest } from '../../src/domain/sign-in-request.ts';
import type { Administration } from '../../src/flows/administration/index.ts';
import { createSignIn, type SignIn } from '../../src/flows/sign-in/index.ts';
import type { Needs } from '../../src/flows/sign-in/needs.ts';
import type { Visitor } from '../../src/flows/sign-in/screen.ts';
import { sessionEnds } from '../../src/oidc/session-ends.ts';
import { createTexts } from '../../src/web/texts.ts';
import { viewsDirectory } from '../../src/web/views.ts';
import { FakeClock } from './clock.ts';
import { migratedPostgres, migratedSqlite } from './migrated.ts';
import { freshRedis } from './redis.ts';
import { offices, people, seed, webClient } from './seed.ts';

/** The two pairs of stores that Sluis runs on. */
export const pairs = ['SQLite and memory', 'PostgreSQL and Redis'] as const;
export type Pair = (typeof pairs)[number];

export const REDIRECT_URI = 'http://localhost:3999/callback';

/** Stores of one pair with nothing in them but tables, and what a configuration needs to use them. */
export async function freshStores(pair: Pair) {
  if (pair === 'SQLite and memory') {
    const { url, close } = await migratedSqlite();
    return { settings: { database: { url } }, close };
  }
  const [database, redis] = await Promise.all([migratedPostgres(), freshRedis()]);
  return {
    settings: { database: { url: database.url }, redis: { url: redis.url } },
    close: async () => {
      await redis.close();
      await database.close();
    },
  };
}

/** A configuration with hashing that costs next to nothing. */
export function testConfig(settings: object): Config {
  return parseConfig({
    issuer: 'http://localhost:3999',
    encryptionKeys: ['dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q='],
    passwords: { memory: 8192, iterations: 1 },
    log: { level: 'silent' },
    // One, so that nobody has to choose unless a test is about that.
    methods: ['totp'],
    ...settings,
  });
}

/** Signing in on real stores, without HTTP, at a time that the test sets. */
export interface World {
  readonly needs: Needs & { readonly accounts: AccountSource };
  readonly signIn: SignIn;
  readonly administration: Administration;
  /** The stores beneath, to seed more. */
  readonly stores: Awaited<ReturnType<typeof openStores>>;
  readonly clock: FakeClock;
  /** What was written to the audit log, oldest first. */
  auditRows(): Promise<readonly { readonly type: string }[]>;
  /** A second process on the same stores, where they can be shared. */
  again(): Promise<Pick<World, 'needs' | 'stores' | 'signIn' | 'administration' | 'close'>>;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly settings?: object;
  readonly lines?: readonly object[];
  readonly factors?: () => readonly Factor[];
  readonly smsGateway?: SmsGateway;
}

const words = createTexts([viewsDirectory()]).text;

export async function openWorld(pair: Pair, options: WorldOptions = {}): Promise<World> {
  const { settings = {}, lines = [], factors, smsGateway } = options;
  const clock = new FakeClock();
  const fresh = await freshStores(pair);
  const config = testConfig({ ...fresh.settings, ...settings });
  const open = async () => {
    const logger = pino({ level: 'silent' });
    const stores = await openStores(config, { clock, logger, threadPool: 4 });
    const { textMessages } = await openSms(config, { ...stores, clock, logger, smsGateway });
    const endSessions = sessionEnds({ sessions: stores.sessions, queue: stores.logoutQueue, clock });
    const needs: World['needs'] = {
      ...stores,
      clock,
      endSessions,
      factors: factorsFor(config, { ...stores, clock, textMessages, words }, factors),
      settings: {
        policy: config.policy,
        lifetime: config.session.interaction,
        switchOffAfter: config.lockout.switchOffAfter,
        throttle: config.throttle,
      },
    };
    const administration = openAdministration(config, {
      needs: { ...needs, endSessions },
      stores,
      mailer: createMailOutbox(clock),
      textMessages,
    });
    return { stores, needs, signIn: createSignIn(needs), administration, close: () => stores.close() };
  };
  const first = await open();
  await seed({ ...first.stores, factors: first.needs.factors, clock }, [
    ...offices,
    ...people,
    webClient(REDIRECT_URI, { firstParty: true }),
    ...lines,
  ]);
  return {
    needs: first.needs,
    stores: first.stores,
    signIn: first.signIn,
    administration: first.administration,
    clock,
    auditRows: () => first.stores.database.kysely.selectFrom('audit_events').selectAll().orderBy('id').execute(),
    again: open,
    async close() {
      await first.close();
      await fresh.close();
    },
  };
}

let made = 0;

/** A request of the test's application that nobody has answered. */
export function newRequest(more: Partial<SignInRequest> = {}): SignInRequest {
  made += 1;
  return { uid: `request-${made}`, client: 'web', fresh: false, acceptableAcrs: [], ...more };
}

export const visitor: Visitor = { address: '192.0.2.1', locale: 'en', requestId: 'test' };
