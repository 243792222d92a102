import type { AuditHistory, WrittenEvent } from '../../domain/ports.ts';
import { moment } from './moment.ts';

/** Something that happened to an account. */
export interface EventData {
  readonly at: string;
  readonly type: string;
  /** Somebody else acted: who, and from where, is theirs to know. */
  readonly byStaff?: true;
  /** IP address. */
  readonly address?: string;
  /** `client_id`. */
  readonly application?: string;
  readonly details?: WrittenEvent['details'];
  readonly before?: WrittenEvent['before'];
  readonly after?: WrittenEvent['after'];
}

/** Read at a time. */
const PAGE = 500;
/** The latest ones, beyond which nobody reads: an account may have any number. */
const MOST = 20_000;

export async function eventsAbout(history: AuditHistory, account: string): Promise<readonly EventData[]> {
  const all: EventData[] = [];
  let before: string | undefined;
  while (all.length < MOST) {
    const events = await history.about(account, { limit: PAGE, ...(before !== undefined && { before }) });
    all.push(...events.map((event) => dataOf(event, account)));
    if (events.length < PAGE) break;
    before = events.at(-1)?.id;
  }
  return all;
}

function dataOf(event: WrittenEvent, account: string): EventData {
  const { at, type, actor = account, address, client, details, before, after } = event;
  const byStaff = actor !== account;
  return {
    at: moment(at),
    type,
    ...(byStaff && { byStaff }),
    ...(address !== undefined && !byStaff && { address }),
    ...(client !== undefined && { application: client }),
    ...(details && { details }),
    ...(before && { before }),
    ...(after && { after }),
  };
}
