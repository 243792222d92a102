/** In characters. */
const LONGEST = 60;

/** What a person calls a key, made fit to be shown on one line: empty for nothing. */
export function cleanName(typed: string): string {
  const visible = typed
    .slice(0, 4 * LONGEST)
    .replace(/[\p{Control}\p{Default_Ignorable_Code_Point}\p{White_Space}]+/gu, ' ');
  return [...visible.trim()].slice(0, LONGEST).join('').trim();
}
