import { phoneNumbers } from './number.ts';

/** A number as people of any country read it: `+31 6 12345678`. */
export async function written(number: string): Promise<string> {
  const { parsePhoneNumberFromString } = await phoneNumbers();
  return parsePhoneNumberFromString(number)?.formatInternational() ?? number;
}

/**
 * A number that its owner recognizes and that tells nobody else: calling code, first digit and last two (`+31 6 •••• ••78`).
 * Groups are of four, counted from the end.
 */
export async function masked(number: string): Promise<string> {
  const { parsePhoneNumberFromString } = await phoneNumbers();
  const parsed = parsePhoneNumberFromString(number);
  if (parsed === undefined) return '••••';
  const { countryCallingCode, nationalNumber } = parsed;
  const hidden = '•'.repeat(Math.max(0, nationalNumber.length - 3)) + nationalNumber.slice(-2);
  const groups = hidden.replace(/.(?=(?:.{4})+$)/gu, '$& ');
  return `+${countryCallingCode} ${nationalNumber.slice(0, 1)} ${groups}`;
}
