import type { AuditFilter, AuditReading, ListedEvent } from '../../domain/ports.ts';

/** Events read at once. */
const BATCH = 500;

/** Every sealed event that a filter means, the oldest first, however many there are: no more than a few are held at once. */
export async function* exportEvents(
  { reading }: { readonly reading: Pick<AuditReading, 'inOrder'> },
  filter: AuditFilter,
): AsyncGenerator<ListedEvent> {
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const page = await reading.inOrder({ ...filter, limit: BATCH, ...(after !== undefined && { after }) });
    yield* page.items;
    after = page.next;
  }
}

/** An event as one line of JSON, its time as RFC 3339 writes it. */
export function eventLine({ id, at, ...event }: ListedEvent): string {
  return `${JSON.stringify({ id, at: new Date(at).toISOString(), ...event })}\n`;
}
