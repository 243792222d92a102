/** As long as RFC 5321, section 4.5.3.1, lets a path be. */
const LONGEST = 254;

/**
 * Whether mail may be sent to this: one address (RFC 5321, section 4.1.2, without quoted names and address literals), and nothing
 * that could end a header or a command, name a second recipient or pass for an option.
 */
export function isMailAddress(value: string): boolean {
  if (value.length > LONGEST) return false;
  return /^[^\s\p{C}\p{Z}<>()[\]\\,;:"@-][^\s\p{C}\p{Z}<>()[\]\\,;:"@]{0,63}@[\p{L}\p{N}]([\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u.test(
    value,
  );
}
