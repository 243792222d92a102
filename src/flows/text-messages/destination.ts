import type { CountryCode } from 'libphonenumber-js/max';

/** Kinds of numbers that a text message reaches at the price of one. Some countries do not tell mobile from fixed lines. */
const reachable = ['MOBILE', 'FIXED_LINE_OR_MOBILE'];

/**
 * The country that a number is in, or undefined where nothing is sent: an unknown number, one that is not a mobile one (premium
 * rates among them), or a country that is not allowed.
 *
 * @param number E.164
 * @param countries ISO 3166-1 alpha-2
 */
export async function destinationOf(number: string, countries: readonly string[]): Promise<CountryCode | undefined> {
  // Heavy, and of no use to who never sends.
  const { parsePhoneNumberFromString } = await import('libphonenumber-js/max');
  const parsed = parsePhoneNumberFromString(number);
  if (parsed?.number !== number || parsed.country === undefined) return undefined;
  if (!reachable.includes(parsed.getType() ?? '')) return undefined;
  return countries.includes(parsed.country) ? parsed.country : undefined;
}

/** Which of these are no countries that have phone numbers. */
export async function unknownCountries(countries: readonly string[]): Promise<readonly string[]> {
  const { isSupportedCountry } = await import('libphonenumber-js/max');
  return countries.filter((country) => !isSupportedCountry(country));
}
