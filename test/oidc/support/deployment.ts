import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import mount from 'koa-mount';
import type { Provider } from 'oidc-provider';
import { pino } from 'pino';
import { acrRank, isAcr, MFA, SFA } from '../../../src/domain/acr.ts';
import type { Clock } from '../../../src/domain/clock.ts';
import type { EnrolmentSet } from '../../../src/domain/enrolment.ts';
import { Failure } from '../../../src/domain/failure.ts';
import type { Proof } from '../../../src/domain/login.ts';
import type { SignInRequest } from '../../../src/domain/sign-in-request.ts';
import type { SigningKey } from '../../../src/domain/signing-key.ts';
import type { IsEnough } from '../../../src/oidc/assurance.ts';
import { createInteractions, type Interaction, type SignedIn } from '../../../src/oidc/interaction.ts';
import type { DeviceForm } from '../../../src/oidc/protocol-pages.ts';
import { createProvider, type OidcSettings, type ProviderParts } from '../../../src/oidc/provider.ts';
import { serveWithKeys } from '../../../src/oidc/serving.ts';
import { newSigningKey } from '../../../src/oidc/signing-keys.ts';
import { memoryModels } from '../../../src/stores/memory/models.ts';
import { memorySessions } from '../../../src/stores/memory/sessions.ts';
import { applications } from './applications.ts';
import { anna, organizations, People, Registrations } from './people.ts';

/** oidc-provider reads the system's clock, so everything beside it must. */
export const clock: Clock = { now: () => Date.now() };

const MINUTE = 60_000;
const defaults: OidcSettings = {
  lifetimes: {
    authorizationCode: MINUTE,
    idToken: 60 * MINUTE,
    accessToken: 60 * MINUTE,
    refreshToken: 14 * 24 * 60 * MINUTE,
    session: 12 * 60 * MINUTE,
    interaction: 60 * MINUTE,
  },
  responseTypes: [],
  dynamicRegistration: false,
  dPoP: false,
  deviceFlow: false,
  ciba: false,
  jar: false,
  allowPrivateAddresses: [],
  signingKeys: { leadTime: 60 * MINUTE },
};

/** Made once: an RSA key takes a while. */
let keys: Promise<readonly SigningKey[]> | undefined;

export interface Deployment {
  readonly issuer: string;
  /** Where it is reached; the issuer, unless a proxy is between. */
  readonly address: string;
  /** The one of now. */
  readonly provider: Provider;
  /** What it is made of. */
  readonly parts: ProviderParts;
  /** Takes over signing keys that changed. */
  follow(): Promise<void>;
  readonly people: People;
  readonly registrations: Registrations;
  /** Every interaction that was opened. */
  readonly asked: Interaction[];
  /** Lines of the log. */
  readonly logged: string[];
  /** How the sign-in pages answer: by default Anna signs in with what is asked. `undefined` gives up. */
  answer: (request: SignInRequest) => SignedIn | undefined;
  isEnough: IsEnough;
  /** Changes an account, so that everything from before is stale. */
  change(account: string): void;
  close(): Promise<void>;
}

/** None of these accounts has set anything up. */
const nothing: EnrolmentSet = {
  version: 0,
  epoch: 0,
  everHeld: false,
  toSetUp: false,
  enrolments: [],
  provisional: [],
};

const deviceForm = ({ action, xsrf }: DeviceForm) =>
  `<form method="post" action="${action}"><input type="hidden" name="xsrf" value="${xsrf}"></form>`;

export interface DeploymentOptions extends Partial<OidcSettings> {
  /** Signing keys, as they are now; by default some that never change. */
  readonly keys?: () => Promise<readonly SigningKey[]>;
}

/** What somebody proved: the password, and the second factor where the request asks for one. */
export function signedIn(request: SignInRequest, changed: Partial<SignedIn> = {}): SignedIn {
  const now = Date.now();
  const known = request.session?.proofs ?? [proof('password', 'pwd', now)];
  const proofs = demandsMore(request) ? [...known, proof('totp', 'otp', now)] : known;
  const strong = proofs.some(({ factor }) => factor === 'totp');
  return {
    account: anna.id,
    epoch: '1.0',
    proofs,
    acr: strong ? MFA : SFA,
    amr: strong ? ['pwd', 'otp', 'mfa'] : ['pwd'],
    identifiedAt: now,
    stay: false,
    ...changed,
  };
}

const proof = (factor: string, amr: string, at: number): Proof => ({ factor, amr: [amr], at });

function demandsMore({ acceptableAcrs }: Pick<SignInRequest, 'acceptableAcrs'>): boolean {
  const ranks = acceptableAcrs.filter(isAcr).map(acrRank);
  return ranks.length > 0 && Math.min(...ranks) > acrRank(SFA);
}

/**
 * oidc-provider on a port of its own, with sign-in pages that answer by themselves.
 *
 * @param path where it is mounted in another app
 * @param published the issuer, where a proxy is between
 */
export async function deploy(
  { keys: given, ...settings }: DeploymentOptions = {},
  path = '',
  published?: string,
): Promise<Deployment> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const issuer = published ?? address;
  keys ??= Promise.all([newSigningKey('ES256', clock), newSigningKey('RS256', clock)]);
  const unchanging = keys;
  const people = new People();
  const registrations = new Registrations(applications);
  const logged: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line) => void logged.push(line) });
  const parts: Omit<ProviderParts, 'keys'> = {
    issuer,
    settings: { ...defaults, ...settings },
    models: memoryModels({ clock }),
    sessions: memorySessions({ clock }),
    clients: registrations,
    accounts: people,
    organizations,
    holders: {
      byId: async (id) => {
        const account = await people.byId(id);
        return account && { account, set: nothing };
      },
    },
    isEnough: (question) => deployment.isEnough(question),
    pages: {
      error: async (_ctx, { code, description }) => `<title>${code}</title><p>${description ?? ''}</p>`,
      signOut: async (_ctx, { form, client }) => `<title>sign out ${client?.name ?? ''}</title>${form}`,
      signedOut: async (_ctx, { client }) => `<title>signed out ${client?.name ?? ''}</title>`,
      deviceCode: async (_ctx, { problem = '', ...form }) => `<title>device ${problem}</title>${deviceForm(form)}`,
      confirmDevice: async (_ctx, { code, client, ...form }) =>
        `<title>confirm ${code} ${client.name}</title>${deviceForm(form)}`,
      deviceConnected: async () => '<title>connected</title>',
    },
    api: { resource: `${issuer}/api/v1`, scopes: ['things:read', 'things:write'] },
    clock,
    logger,
  };
  const serving = await serveWithKeys({
    keys: given ?? (() => unchanging),
    create: (current) => ({ provider: createProvider({ ...parts, keys: current }), sendLogout: async () => undefined }),
    logger,
  });
  const interactions = createInteractions(serving.provider);
  const deployment: Deployment = {
    issuer,
    address,
    get provider() {
      return serving.provider();
    },
    parts: { ...parts, keys: await unchanging },
    follow: () => serving.follow(),
    people,
    registrations,
    logged,
    asked: [],
    answer: signedIn,
    isEnough: async ({ session, ...request }) =>
      !demandsMore(request) || session.proofs.some(({ factor }) => factor === 'totp'),
    change(id) {
      const account = people.accounts.get(id);
      if (account !== undefined) people.accounts.set(id, { ...account, epoch: account.epoch + 1 });
    },
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };

  const app = new Koa();
  app.silent = true;
  app.use(async (ctx, next) => {
    if (!ctx.path.startsWith('/interaction/')) return next();
    const interaction = await interactions.find(ctx).catch((error: unknown) => {
      if (!(error instanceof Failure)) throw error;
      ctx.status = error.status;
      ctx.body = error.code;
    });
    if (interaction === undefined) return;
    deployment.asked.push(interaction);
    const answer = deployment.answer(interaction.request);
    const to = answer === undefined ? interactions.abort(interaction) : interactions.finish(interaction, answer);
    ctx.redirect(await to);
  });
  app.use(serving.answer);
  const parent = new Koa();
  parent.silent = true;
  parent.keys = ['keys of the app that Sluis is mounted in'];
  // An app that looks at cookies first has decided by then whether the connection is secure.
  parent.use((ctx, next) => {
    ctx.cookies.get('any');
    return next();
  });
  parent.use(mount(path === '' ? '/' : path, app));
  server.on('request', parent.callback());
  return deployment;
}
