import { once } from 'node:events';
import { createServer } from 'node:http';
import type { OutboxMail } from '../../src/delivery/mail/outbox.ts';
import type { OutboxMessage } from '../../src/delivery/sms/outbox.ts';
import { readDemoAccounts } from '../../src/demo/accounts.ts';
import type { SignedIn } from '../../src/demo/provider.ts';
import { clientMetadata, createRelyingParty } from '../../src/demo/relying-party.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { systemClock } from '../../src/system-clock.ts';
import { freePort } from './port.ts';

export interface RelyingPartySettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The provider's: tokens are held against it. By default the machine's own. */
  readonly clock?: Clock;
  /** An import file whose accounts are listed on the first page. */
  readonly accounts?: string;
  /** Text messages that its page shows. */
  readonly messages?: () => readonly OutboxMessage[];
  /** Mail that the same page shows. */
  readonly mails?: () => readonly OutboxMail[];
  /** By default a free one. */
  readonly port?: number;
}

/** The demo application, running. */
export interface RunningRelyingParty {
  /** Without a slash at the end. */
  readonly url: string;
  /** Client metadata to register it with (OpenID Connect Dynamic Client Registration 1.0, section 2). */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** What the last sign-in or refresh gave: verified. @throws when there was none */
  last(): SignedIn;
  /** Every token that it got, as it came: to search logs and stores for. */
  readonly tokens: readonly string[];
  /** Lines that it logged. */
  readonly lines: readonly string[];
  close(): Promise<void>;
}

/** Starts the demo application on loopback for an issuer that may start later: it is asked when somebody signs in. */
export async function startRelyingParty(settings: RelyingPartySettings): Promise<RunningRelyingParty> {
  const port = settings.port ?? (await freePort());
  const url = `http://localhost:${port}`;
  const obtained: SignedIn[] = [];
  const tokens: string[] = [];
  const lines: string[] = [];
  const app = createRelyingParty({
    ...settings,
    url,
    clock: settings.clock ?? systemClock,
    accounts: settings.accounts === undefined ? [] : readDemoAccounts(settings.accounts),
    log: (line) => lines.push(line),
    onTokens: (signedIn) => {
      obtained.push(signedIn);
      tokens.push(...[signedIn.idToken, signedIn.accessToken, signedIn.refreshToken ?? []].flat());
    },
  });
  const server = createServer(app.callback()).listen(port, 'localhost');
  await once(server, 'listening');
  return {
    url,
    metadata: clientMetadata(url),
    tokens,
    lines,
    last() {
      const signedIn = obtained.at(-1);
      if (signedIn === undefined) throw new Error('nobody has signed in at the relying party');
      return signedIn;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
