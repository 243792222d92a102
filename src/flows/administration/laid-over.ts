/** What was entered about something: null takes a value away that need not be there, and what was not entered stays as it is. */
export type Entered<Value> = {
  readonly [Name in keyof Value]?:
    | Value[Name]
    | (Record<string, never> extends Pick<Value, Name> ? null : never)
    | undefined;
};

/** A thing as it is once that was entered. */
export function laidOver<Value extends object>(standing: Value, entered: Entered<Value>): Value {
  const given = Object.entries(entered).filter(([, value]) => value !== undefined);
  const fields = Object.entries({ ...standing, ...Object.fromEntries(given) });
  return Object.fromEntries(fields.filter(([, value]) => value !== null && value !== undefined)) as Value;
}

/** A text per language without the languages in which nothing was written; null when that is all of them. */
export function written<Text extends Readonly<Record<string, string>>>(
  text: Text | undefined,
): Text | null | undefined {
  if (text === undefined) return undefined;
  const kept = Object.entries(text).filter(([, words]) => words.trim() !== '');
  return kept.length === 0 ? null : (Object.fromEntries(kept) as Text);
}
