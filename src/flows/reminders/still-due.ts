import type { Letter } from '../../domain/letter.ts';
import type { AccountSource, ReminderErrand } from '../../domain/ports.ts';

/** A reminder that waited, at the moment when it goes out; undefined when whom it is for was disabled meanwhile, or is gone. */
export async function stillDue(
  accounts: Pick<AccountSource, 'byId'>,
  { letter }: ReminderErrand,
): Promise<Letter | undefined> {
  const account = await accounts.byId(letter.account);
  return account === undefined || account.disabled ? undefined : letter;
}
