import { listen } from '../main/listen.ts';
import { untilAsked } from '../main/until-asked.ts';
import { systemClock } from '../system-clock.ts';
import { readDemoAccounts } from './accounts.ts';
import { createRelyingParty } from './relying-party.ts';

export interface ApplicationSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where people reach it, without a slash at the end. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** An import file whose accounts the first page shows. */
  readonly accounts?: string;
}

/**
 * `sluis demo-application`: runs the application alone until it is asked to stop. Its provider may start later.
 * @throws when the port is in use or the file of accounts cannot be read
 */
export async function runApplication(settings: ApplicationSettings, err: NodeJS.WritableStream): Promise<void> {
  const { accounts, url, issuer } = settings;
  const log = (line: string) => void err.write(`${line}\n`);
  const asked = untilAsked();
  const application = createRelyingParty({
    ...settings,
    clock: systemClock,
    accounts: accounts === undefined ? [] : readDemoAccounts(accounts),
    log,
  });
  const listening = await listen(application.callback(), settings);
  log(`Demo application on ${url}, signing in at ${issuer}`);
  await asked;
  await listening.stop();
}
