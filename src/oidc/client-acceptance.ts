import { errors, type Provider } from 'oidc-provider';
import type { Client } from '../domain/client.ts';
import { metadataOf } from './client-metadata.ts';

/** Whether oidc-provider takes a client as it is: rather known before it is stored than at the first sign-in. */
export function clientAcceptance(provider: () => Provider, apiScopes: readonly string[]) {
  return async (client: Client): Promise<boolean> => {
    try {
      // Its secret may be made later.
      await provider().Client.validate(metadataOf({ secret: 'to be made', ...client }, apiScopes));
      return true;
    } catch (error) {
      if (error instanceof errors.OIDCProviderError) return false;
      throw error;
    }
  };
}
