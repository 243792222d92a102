/**
 * The form in which usernames, e-mail addresses and office codes are compared: trimmed, NFKC, case folded.
 * Upper case comes first because lower case alone keeps apart what Unicode folds together (ß and ss, σ and ς).
 */
export function comparable(name: string): string {
  return name.trim().normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}
