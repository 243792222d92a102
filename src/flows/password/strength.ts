/** Guesses in powers of ten that a password must stand, on the scale of zxcvbn from 0 to 4: 3 is 10⁸ or more. */
export const STRONG = 3;

/** Characters of which the strength is estimated at once: the time it takes grows with the square and more. */
const PART = 40;

interface Estimator {
  check(password: string, about: string[]): { readonly score: number };
}

let loading: Promise<Estimator> | undefined;

/**
 * How hard a password is to guess, from 0 to 4, by zxcvbn with its English and Dutch dictionaries. They are large, and loaded at the
 * first use. Of a long password its beginning and its end are looked at, and the better one counts.
 *
 * @param about words that are easily guessed of this person: their name, username, address, organization
 */
export async function strengthOf(password: string, about: readonly string[]): Promise<number> {
  loading ??= load();
  const estimator = await loading;
  const parts = password.length <= PART ? [password] : [password.slice(0, PART), password.slice(-PART)];
  return Math.max(...parts.map((part) => estimator.check(part, [...about]).score));
}

async function load(): Promise<Estimator> {
  const [{ ZxcvbnFactory }, common, english, dutch] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
    import('@zxcvbn-ts/language-nl-be'),
  ]);
  return new ZxcvbnFactory({
    graphs: common.adjacencyGraphs,
    dictionary: { ...common.dictionary, ...english.dictionary, ...dutch.dictionary },
    // With the usual 100, a password made for it keeps the process busy for seconds.
    l33tMaxSubstitutions: 4,
  });
}
