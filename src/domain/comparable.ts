/**
 * The form in which usernames, e-mail addresses and office codes are compared: trimmed, NFKC, case folded, without characters
 * that nobody sees (Unicode's default-ignorable ones: they come along when a name is pasted, and make two names look like one).
 * Upper case comes in between because lower case alone keeps apart what Unicode folds together (ß and ss, σ and ς, I and ı).
 */
export function comparable(name: string): string {
  const visible = name.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  return visible.trim().toLowerCase().toUpperCase().toLowerCase().normalize('NFKC');
}
