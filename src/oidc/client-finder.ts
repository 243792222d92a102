import type { ClientMetadata } from 'oidc-provider';
import type { Logger } from 'pino';
import type { Client } from '../domain/client.ts';
import type { Clients } from '../domain/ports.ts';
import { metadataOf } from './client-metadata.ts';

export interface ClientFinderParts {
  /** Answers the same object until the client may have changed: what was made of it is kept as long. */
  readonly clients: Pick<Clients, 'byId'>;
  /** See `metadataOf`. */
  readonly apiScopes: readonly string[];
  /** Rejects metadata that oidc-provider would not accept. */
  readonly validate: (metadata: ClientMetadata) => Promise<void>;
  readonly logger: Logger;
  /** See `Variant`; absent where clients are as they are registered. */
  readonly variantOf?: (metadata: ClientMetadata) => ClientMetadata;
}

interface Seen {
  readonly client: Client;
  readonly written: string;
  /** Undefined when it is invalid. */
  readonly metadata: ClientMetadata | undefined;
}

/**
 * Finds clients for oidc-provider, which asks several times in a request. One whose metadata is invalid counts as unknown, and the
 * log says why: the others go on.
 */
export function clientFinder({ clients, apiScopes, validate, logger, variantOf }: ClientFinderParts) {
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
    const before = seen.get(id);
    if (before?.client === client) return before.metadata;
    const registered = metadataOf(client, apiScopes);
    const metadata = variantOf?.(registered) ?? registered;
    const written = JSON.stringify(metadata);
    const known = before?.written === written ? before.metadata : await accepted(metadata);
    seen.set(id, { client, written, metadata: known });
    return known;
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'error_description' in error ? String(error.error_description) : error.name;
}
