import type { z } from 'zod';
import type { Client } from '../../../domain/client.ts';
import type { Kept } from '../../../domain/ports.ts';
import { kindOf } from '../../clients/kind.ts';
import type { Needs } from '../needs.ts';
import type { client, clientSummary } from '../shapes/client.ts';

/** An application as the faces of administration show it. */
export function viewOf({ clock }: Pick<Needs, 'clock'>, { value, version }: Kept<Client>): z.input<typeof client> {
  const { minimumAcr, description, administers, formerSecret } = value;
  const overlaps = formerSecret !== undefined && clock.now() < formerSecret.until;
  return {
    ...summaryOf({ value, version }),
    minimumAcr: minimumAcr ?? null,
    pkceRequired: value.pkceRequired,
    description: description ?? {},
    administers: administers === undefined ? null : { organization: administers.organization ?? null },
    metadata: { ...value.metadata },
    hasSecret: value.secret !== undefined,
    formerSecretUntil: overlaps ? formerSecret.until : null,
  };
}

/** The same in a line of a list. */
export function summaryOf({ value, version }: Kept<Client>): z.input<typeof clientSummary> {
  const { id, name, firstParty, organizations } = value;
  return {
    id,
    kind: kindOf(value),
    name,
    firstParty,
    organizations: organizations === undefined ? null : [...organizations],
    version,
  };
}
