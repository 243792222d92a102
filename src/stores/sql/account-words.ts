import type { Kysely } from 'kysely';
import { comparable } from '../../domain/comparable.ts';
import type { AccountsTable, AccountWordsTable, Tables } from './schema.ts';
import { slices } from './slices.ts';

/** What an account is found by. */
export type NamedRow = Pick<
  AccountsTable,
  'id' | 'organization' | 'username' | 'name' | 'given_name' | 'family_name' | 'email'
>;

/** Of one account: more of a name than this is not searched. */
const MOST = 12;
/** In characters: an entry of an index must not grow without bounds. */
const LONGEST = 255;
/** Rows in one statement. */
const AT_ONCE = 2000;

/**
 * The words by which a search finds an account: its username, its e-mail address, and its names from each of their words on, so that
 * "anna", "jansen" and "anna jan" all find Anna Jansen. A word that another one begins with is left out.
 *
 * Each knows how much of its start it shares with the one before it. Of the words of an account that begin with what somebody types,
 * exactly one shares less than that: the one that the account is listed under.
 */
export function wordsOf({ id, organization, ...row }: NamedRow): readonly AccountWordsTable[] {
  const names = [row.name, row.given_name, row.family_name].flatMap((name) =>
    tailsOf(comparable(name ?? '').replace(/\s+/gu, ' ')),
  );
  const all = [comparable(row.username), comparable(row.email ?? ''), ...names].map((word) => word.slice(0, LONGEST));
  const sorted = [...new Set(all)].filter((word) => word !== '').sort(byCharacters);
  return sorted
    .filter((word, index) => sorted[index + 1]?.startsWith(word) !== true)
    .slice(0, MOST)
    .map((word, index, kept) => ({ account: id, organization, word, shared: sharedStart(word, kept[index - 1]) }));
}

/** Writes down by what accounts are found that were not there before. */
export async function addWords(db: Kysely<Tables>, accounts: readonly NamedRow[]): Promise<void> {
  for (const slice of slices(accounts.flatMap(wordsOf), AT_ONCE)) {
    await db.insertInto('account_words').values(slice).execute();
  }
}

/** The same for an account that was changed. Whatever changes one of its names calls this in the same transaction. */
export async function replaceWords(db: Kysely<Tables>, account: NamedRow): Promise<void> {
  await removeWords(db, account.id);
  await addWords(db, [account]);
}

/** An account that is no longer there is no longer found. */
export async function removeWords(db: Kysely<Tables>, account: string): Promise<void> {
  await db.deleteFrom('account_words').where('account', '=', account).execute();
}

/** A name from each of its words on; a hyphen begins one, too. */
function tailsOf(name: string): readonly string[] {
  return [...name.matchAll(/(?<=^|[\s-])[^\s-]/gu)].map(({ index }) => name.slice(index));
}

/** In a fixed order, which need not be the database's: what begins alike stands together in either. */
function byCharacters(one: string, other: string): number {
  return one < other ? -1 : 1;
}

function sharedStart(word: string, before = ''): number {
  let length = 0;
  while (length < before.length && word[length] === before[length]) length += 1;
  return length;
}
