import * as client from 'openid-client';
import type { Clock } from '../domain/clock.ts';
import { systemClock } from '../system-clock.ts';

/** How this application is known to its provider. */
export interface Registration {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Hands out openid-client's configuration. */
export type Configure = () => Promise<client.Configuration>;

/**
 * Discovers the provider (OpenID Connect Discovery 1.0) when it is first needed, and again as long as that fails:
 * the application may start before its provider.
 *
 * ID tokens are held against the injected clock, and their signature is verified although TLS would do for the code flow.
 */
export function createConfigure({ issuer, clientId, clientSecret }: Registration, clock: Clock): Configure {
  const extensions = [client.enableNonRepudiationChecks];
  if (issuer.protocol === 'http:') extensions.push(client.allowInsecureRequests);
  let current: { readonly skew: number; readonly configuration: client.Configuration } | undefined;

  return async () => {
    const skew = Math.round((clock.now() - systemClock.now()) / 1000);
    if (current?.skew === skew) return current.configuration;

    const metadata = { [client.clockSkew]: skew };
    const authentication = client.ClientSecretBasic(clientSecret);
    const known = current?.configuration.serverMetadata();
    const configuration = known
      ? new client.Configuration(known, clientId, metadata, authentication)
      : await client.discovery(issuer, clientId, metadata, authentication, { execute: extensions, timeout: 10 });
    if (known) for (const extend of extensions) extend(configuration);
    current = { skew, configuration };
    return configuration;
  };
}

const wanted = ['openid', 'profile', 'email', 'organization', 'roles', 'groups'];

/** Everything this application would like to know and its provider has a scope for. */
export function scopeOf(configuration: client.Configuration): string {
  const { scopes_supported: supported = ['openid'] } = configuration.serverMetadata();
  return wanted.filter((scope) => supported.includes(scope)).join(' ');
}
