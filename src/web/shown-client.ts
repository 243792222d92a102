import type { Client } from '../domain/client.ts';
import type { Page } from './page.ts';

/** The client's own metadata, as far as it may stand on a page: links and pictures over http(s) alone. */
export function shownClient({
  name,
  metadata,
  description,
}: Pick<Client, 'name' | 'metadata' | 'description'>): NonNullable<Page['client']> {
  const address = (value: unknown) => (typeof value === 'string' && /^https?:\/\//i.test(value) ? value : undefined);
  const entries = {
    logo: address(metadata.logo_uri),
    uri: address(metadata.client_uri),
    policy: address(metadata.policy_uri),
    terms: address(metadata.tos_uri),
    description,
  };
  return { name, ...Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) };
}
