import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { LogoutQueue } from '../domain/ports.ts';
import type { Needs as KeyNeeds } from '../flows/signing-keys/needs.ts';
import { standingKeys } from '../flows/signing-keys/standing.ts';
import { backchannelLogout, queueBackchannelLogout } from '../oidc/backchannel-logout.ts';
import { createProvider, type ProviderParts } from '../oidc/provider.ts';
import { type Serving, serveWithKeys } from '../oidc/serving.ts';
import { ensureSigningKeys, inUse } from '../oidc/signing-keys.ts';
import { type TrialProvider, trialProvider } from '../oidc/trial-provider.ts';
import { every } from './every.ts';
import { keyTimesOf } from './key-times.ts';

/** Milliseconds between two looks at who has yet to be told of a sign-out. */
const LOGOUT_PAUSE = 2_000;
/** Milliseconds between two looks at the signing keys: every process takes a change over as fast. */
const KEYS_PAUSE = 2_000;

export interface ProtocolParts extends Omit<ProviderParts, 'issuer' | 'settings' | 'keys'> {
  readonly signingKeys: KeyNeeds['signingKeys'];
  readonly audit: KeyNeeds['audit'];
  readonly logoutQueue: LogoutQueue;
  readonly logger: Logger;
}

/** OpenID Connect itself. At the first start of a deployment, makes signing keys. */
export async function openProtocol(config: Config, parts: ProtocolParts): Promise<Serving & Running> {
  const { signingKeys, logoutQueue: queue, clock, logger } = parts;
  const { lifetimes, backchannelLogout: logouts, ...rest } = config.oidc;
  const settings = {
    ...rest,
    lifetimes: { ...lifetimes, session: config.session.lifetime, interaction: config.session.interaction },
    allowPrivateAddresses: logouts.allowPrivateAddresses,
  };
  const keyNeeds = { ...parts, keyTimes: keyTimesOf(config) };
  const serving = await serveWithKeys({
    logger,
    async keys() {
      await ensureSigningKeys(signingKeys, clock);
      return inUse(await standingKeys(keyNeeds));
    },
    create(keys) {
      const given = { ...parts, issuer: config.issuer, settings, keys };
      const provider = createProvider(given);
      return {
        provider,
        sendLogout: queueBackchannelLogout(provider, { queue, clock }),
        trial: trialProvider(given),
      };
    },
  });
  const due = backchannelLogout({ queue, send: serving.sendLogout, retries: logouts.retries, clock, logger });
  return {
    ...serving,
    trial: () => serving.made().trial(),
    start() {
      const stops = [
        every(LOGOUT_PAUSE, () => due.runDue(), logger),
        every(KEYS_PAUSE, () => serving.follow(), logger),
      ];
      return async () => void (await Promise.all(stops.map((stop) => stop())));
    },
  };
}

interface Running {
  /** For sign-ins that administrators try, with the keys of now. */
  readonly trial: TrialProvider;
  /** Begins the work in the background. @returns ends it */
  start(): () => Promise<void>;
}
