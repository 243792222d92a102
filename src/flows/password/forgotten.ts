import { randomUUID } from 'node:crypto';
import type { Account } from '../../domain/account.ts';
import { comparable } from '../../domain/comparable.ts';
import type { Letter } from '../../domain/letter.ts';
import { isWithin } from '../../domain/limits.ts';
import type { ForgottenPassword } from '../../domain/ports.ts';
import { organizationOf } from '../audit/organization-of.ts';
import { linkAddressOf } from '../mail/addressee.ts';
import { letterTo } from '../mail/letters.ts';
import { LIFETIMES, newLink } from './links.ts';
import { asksOffice, type PasswordNeeds } from './needs.ts';

/** In characters, beyond which a name is nobody's. */
const LONGEST = { name: 320, office: 100 };

type Asked = Omit<ForgottenPassword, 'kind'>;

/** The first field that cannot be right, before anybody is looked for. */
export function malformedField({
  name,
  office = '',
}: Pick<Asked, 'name' | 'office'>): 'username' | 'office' | undefined {
  if (name.trim() === '' || name.length > LONGEST.name || hasControls(name)) return 'username';
  return office.length > LONGEST.office || hasControls(office) ? 'office' : undefined;
}

/**
 * Takes note that somebody asks for a new password. Whether the name is anybody's is not looked at here: the work is the same for every
 * name, and so is the answer, also when too much was asked and nothing will be sent.
 * @throws {Failure} `unavailable` when nobody can tell whether it was too much
 */
export async function askForLink(needs: PasswordNeeds, asked: Asked): Promise<void> {
  const { linkRequests, mailQueue, clock } = needs;
  const name = JSON.stringify([asked.name, asked.office ?? ''].map(comparable));
  if (!(await isWithin(linkRequests, { name, address: asked.address }))) return;
  await mailQueue.add({ id: randomUUID(), errand: { kind: 'forgotten-password', ...asked } }, clock.now());
}

/**
 * The letter that such a wish leads to; undefined for a name that is nobody's, or who has had enough of them.
 * @param attempts to send it, this one included: however often it is tried, it counts as one mail, or a server that is down would use
 *   the limit up
 */
export async function answerForgotten(
  needs: PasswordNeeds,
  asked: ForgottenPassword,
  attempts: number,
): Promise<Letter | undefined> {
  const { linksSent, audit, clock } = needs;
  const account = await find(needs, asked);
  const address = account && linkAddressOf(account, clock.now());
  if (account === undefined || account.disabled || address === undefined) return undefined;
  if (attempts === 1 && !(await isWithin(linksSent, { account: account.id }))) return undefined;
  const secret = await newLink(needs, account, { kind: 'reset', address });
  const { address: from, requestId, locale } = asked;
  const about = { account: account.id, ...organizationOf(account), address: from, requestId };
  await audit.append([{ at: clock.now(), type: 'password.link-made', ...about }]);
  return letterTo(account, address, {
    name: 'forgotten-password',
    locale,
    link: `/password?token=${secret}`,
    values: { minutes: LIFETIMES.reset / 60_000 },
  });
}

async function find(needs: PasswordNeeds, { name, office = '' }: Asked): Promise<Account | undefined> {
  const { accounts, organizations } = needs;
  if (!(await asksOffice(needs))) return accounts.byName(name);
  if (office.trim() === '') return accounts.byName(name, null);
  const organization = await organizations.byCode(office);
  return organization && accounts.byName(name, organization.id);
}

function hasControls(typed: string): boolean {
  return /\p{Control}/u.test(typed.trim());
}
