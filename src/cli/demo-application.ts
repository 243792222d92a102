import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { ConfigError, type Environment, type Fault } from '../config.ts';
import type { ApplicationSettings } from '../demo/run-application.ts';

/** What the command line gives; each goes before its environment variable. */
export interface ApplicationOptions {
  readonly issuer?: string;
  readonly clientId?: string;
  readonly clientSecretFile?: string;
  readonly url?: string;
  readonly host?: string;
  readonly port?: number;
  readonly accounts?: string;
}

/**
 * Settings of `sluis demo-application`. The secret comes from a file or from the environment: arguments can be read by everybody
 * on the machine.
 * @throws {ConfigError} with everything that is wrong
 */
export function applicationSettings(given: ApplicationOptions, environment: Environment): ApplicationSettings {
  const port = given.port ?? (environment.PORT ? readPort(environment.PORT) : 3001);
  const secretFile = given.clientSecretFile ?? environment.CLIENT_SECRET_FILE;
  const settings = {
    issuer: given.issuer ?? environment.ISSUER ?? '',
    clientId: given.clientId ?? environment.CLIENT_ID ?? '',
    clientSecret: (secretFile ? readFileSync(secretFile, 'utf8').trim() : environment.CLIENT_SECRET) ?? '',
    url: given.url ?? (environment.APPLICATION_URL || `http://localhost:${port}`),
  };
  const faults: Fault[] = [
    ...check(isAddress(settings.issuer), 'ISSUER', 'the http or https URL of the identity provider'),
    ...check(settings.clientId !== '', 'CLIENT_ID', 'the id of a registered client'),
    ...check(settings.clientSecret !== '', 'CLIENT_SECRET', "the client's secret, or its file in CLIENT_SECRET_FILE"),
    ...check(isAddress(settings.url), 'APPLICATION_URL', 'an http or https URL without a slash at the end'),
  ];
  if (faults.length > 0) throw new ConfigError(faults);
  const host = given.host ?? (environment.BIND_ADDRESS || '127.0.0.1');
  return { ...settings, host, port, ...(given.accounts !== undefined && { accounts: given.accounts }) };
}

/** @throws {InvalidArgumentError} unless it is a whole number from 1 to 65535 */
export function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new InvalidArgumentError('A port is a whole number from 1 to 65535.');
}

function check(isRight: boolean, path: string, expected: string): Fault[] {
  return isRight ? [] : [{ path, expected }];
}

function isAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && !text.endsWith('/');
}
