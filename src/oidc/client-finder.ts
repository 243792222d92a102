import type { ClientMetadata } from 'oidc-provider';
import type { Logger } from 'pino';
import type { Client } from '../domain/client.ts';
import type { Clock } from '../domain/clock.ts';
import type { Clients } from '../domain/ports.ts';
import { metadataOf } from './client-metadata.ts';

export interface ClientFinderParts {
  /** Answers the same object until the client may have changed: what was made of it is kept as long. */
  readonly clients: Pick<Clients, 'byId'>;
  /** See `metadataOf`. */
  readonly apiScopes: readonly string[];
  /** Rejects metadata that oidc-provider would not accept. */
  readonly validate: (metadata: ClientMetadata) => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** See `Variant`; absent where clients are as they are registered. */
  readonly variantOf?: (metadata: ClientMetadata) => ClientMetadata;
}

interface Seen {
  readonly client: Client;
  readonly written: string;
  /** Undefined when it is invalid. */
  readonly metadata: ClientMetadata | undefined;
  /** Milliseconds since the epoch when it is to be validated again. */
  readonly until: number;
}

/**
 * Milliseconds that an invalid client counts as such without being looked at again. What was wrong may pass by itself: part of the
 * validation is fetched from the client's own site. Each look takes that fetch and a line in the log, so a request must not cost one.
 */
const INVALID_FOR = 30_000;

/**
 * Finds clients for oidc-provider, which asks several times in a request. One whose metadata is invalid counts as unknown for a while,
 * and the log says why: the others go on.
 */
export function clientFinder({ clients, apiScopes, validate, clock, logger, variantOf }: ClientFinderParts) {
  // Only clients that exist are kept, so it does not grow with what visitors make up.
  const seen = new Map<string, Seen>();

  async function accepted(metadata: ClientMetadata): Promise<ClientMetadata | undefined> {
    try {
      await validate(metadata);
      return metadata;
    } catch (error) {
      logger.error({ client: metadata.client_id, reason: reasonOf(error) }, 'invalid client');
      return undefined;
    }
  }

  return async (id: string): Promise<ClientMetadata | undefined> => {
    const client = await clients.byId(id);
    if (client === undefined) {
      seen.delete(id);
      return undefined;
    }
    const last = seen.get(id);
    const before = last !== undefined && clock.now() < last.until ? last : undefined;
    if (before?.client === client) return before.metadata;
    const registered = metadataOf(client, apiScopes);
    const metadata = variantOf?.(registered) ?? registered;
    const written = JSON.stringify(metadata);
    if (before?.written === written) {
      seen.set(id, { ...before, client });
      return before.metadata;
    }
    const valid = await accepted(metadata);
    const until = valid === undefined ? clock.now() + INVALID_FOR : Number.POSITIVE_INFINITY;
    seen.set(id, { client, written, metadata: valid, until });
    return valid;
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'error_description' in error ? String(error.error_description) : error.name;
}
