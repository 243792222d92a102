import type { AuditEvent } from '../../domain/audit.ts';
import type { SessionStanding } from '../../domain/sign-in-request.ts';
import { clientNames } from './client-names.ts';
import type { Needs } from './needs.ts';

/** Events that people are told of; each has its words in `account.event.<type>`, with a hyphen for the dot. */
export const toldEvents = [
  'sign-in.finished',
  'sign-in.blocked',
  'factor.enrolled',
  'factor.removed',
  'factor.replaced',
  'factor.renamed',
  'factor.preferred',
  'factor.turned-off',
  'factor.reset',
  'factor.switched-off',
  'recovery.used',
  'factor.wrong',
  'factor.copied',
  'password.chosen',
  'password.changed',
  'permit.given',
  'device.remembered',
  'device.forgotten',
  'device.all-forgotten',
  'account.language-changed',
  'account.sessions-ended',
  'account.session-ended',
  'account.access-taken-back',
  'account.email-asked',
  'account.email-kept',
  'account.email-changed',
  'account.data-copied',
] as const;

/** Something that happened to an account, as its owner may see it. */
export interface Activity extends Pick<AuditEvent, 'at' | 'address'> {
  readonly type: string;
  readonly factor?: string;
  /** Name of the application. */
  readonly client?: string;
}

export interface ActivityPage {
  /** The latest first. */
  readonly events: readonly Activity[];
  /** To ask for those before; absent where there are none. */
  readonly before?: string;
}

const LIMIT = 20;

/** @param before as an earlier page answered it */
export async function activityOf(needs: Needs, { account }: SessionStanding, before?: string): Promise<ActivityPage> {
  const asked = { types: toldEvents, limit: LIMIT + 1, ...(before !== undefined && { before }) };
  const found = await needs.history.about(account, asked);
  const events = found.slice(0, LIMIT);
  const names = await clientNames(
    needs,
    events.flatMap(({ client }) => client ?? []),
  );
  const last = found.length > LIMIT ? events.at(-1)?.id : undefined;
  return {
    events: events.map(({ at, type, address, client = '', details }) => {
      const [name, factor] = [names.get(client), details?.factor];
      return {
        at,
        type,
        ...(address !== undefined && { address }),
        ...(typeof factor === 'string' && { factor }),
        ...(name !== undefined && { client: name }),
      };
    }),
    ...(last !== undefined && { before: last }),
  };
}
