import type { z } from 'zod';
import type { Client } from '../../../domain/client.ts';
import { contradictions } from '../../clients/contradictions.ts';
import { type ClientKind, kindContradictions, ofKind } from '../../clients/kind.ts';
import { type Metadata, metadata as metadataShape } from '../../clients/metadata.ts';
import { type Entered, laidOver, written } from '../laid-over.ts';
import type { Needs } from '../needs.ts';
import { type FieldFault, invalid, Refusal } from '../refusal.ts';
import { isScope } from '../scopes.ts';
import type { clientFields } from '../shapes/client.ts';

/** What was entered about a client; everything may be missing. */
export type EnteredClient = Entered<z.output<typeof clientFields>>;

/**
 * A client as it is once this was entered, its secrets as they were.
 * @throws {Refusal} `invalid`, with everything that contradicts its kind, itself or what there is
 */
export async function entering(
  needs: Pick<Needs, 'organizations' | 'acceptsClient'>,
  standing: Client & { readonly kind: ClientKind },
  { description, administers, ...entered }: EnteredClient,
): Promise<Client> {
  const { kind, ...before } = standing;
  const organization = administers?.organization ?? undefined;
  const bound = administers && (organization === undefined ? {} : { organization });
  const laid = laidOver<Client>(before, { ...entered, description: written(description), administers: bound });
  const metadata = ofKind(kind, entered.metadata ?? standingMetadata(before));
  const client = { ...laid, metadata };
  const found = [...kindContradictions(kind, metadata), ...contradictions({ ...client, metadata })];
  const faults = [
    ...found.map(([field, reason]) => ({ field, reason })),
    ...scopeFaults(kind, client),
    ...(await organizationFaults(needs, client)),
  ];
  if (faults.length > 0) throw new Refusal('invalid', faults);
  if ((await needs.acceptsClient?.(client)) === false) {
    throw invalid('metadata', 'not-accepted');
  }
  return client;
}

/** What stands was checked when it came in, by the rules of then. @throws {Refusal} `invalid` */
function standingMetadata({ metadata }: Client): Metadata {
  const parsed = metadataShape.safeParse(metadata);
  if (!parsed.success) throw invalid('metadata', 'malformed');
  return parsed.data;
}

/** What a service may do at the REST API is said in its scope, and there alone. */
function scopeFaults(kind: ClientKind, { administers, metadata }: Client): readonly FieldFault[] {
  const words = String(metadata.scope ?? '')
    .split(' ')
    .filter((word) => word !== '');
  const field = 'metadata.scope';
  if (administers === undefined) return words.some(isScope) ? [{ field, reason: 'not-used' }] : [];
  if (kind !== 'service') return [{ field: 'administers', reason: 'not-for-kind' }];
  if (words.length === 0) return [{ field, reason: 'missing' }];
  return words.every(isScope) ? [] : [{ field, reason: 'unknown-scope' }];
}

async function organizationFaults(
  { organizations }: Pick<Needs, 'organizations'>,
  { organizations: open = [], administers }: Client,
): Promise<readonly FieldFault[]> {
  const named = open.map((id, index): [string, string] => [`organizations.${index}`, id]);
  if (administers?.organization !== undefined) named.push(['administers.organization', administers.organization]);
  const known = await Promise.all(named.map(async ([, id]) => (await organizations.find(id)) !== undefined));
  return named.filter((_, index) => !known[index]).map(([field]) => ({ field, reason: 'unknown-organization' }));
}
