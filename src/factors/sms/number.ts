import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import { typedCode } from '../typed-code.ts';

/** What is wrong with a number that somebody typed; each has a text of its own. */
export type NumberFault =
  | 'number-missing'
  | 'number-letters'
  | 'number-plus'
  | 'number-country-twice'
  | 'number-no-country'
  | 'number-unknown-country'
  | 'number-country-not-allowed'
  | 'number-too-short'
  | 'number-too-long'
  | 'number-fixed'
  | 'number-premium'
  | 'number-not-mobile'
  | 'number-wrong';

/** Digits of any script, and what people write between them. */
const NUMBER = /^[+\p{Nd}().,/]+$/u;

/** How the library's reasons are told; of those it has no other for what cannot be a number. */
const unreadable: Readonly<Record<string, NumberFault>> = {
  INVALID_COUNTRY: 'number-unknown-country',
  TOO_SHORT: 'number-too-short',
  TOO_LONG: 'number-too-long',
};

/** Numbers that cannot get a text message, or not at the price of one. */
const unfit: Readonly<Record<string, NumberFault>> = {
  FIXED_LINE: 'number-fixed',
  PREMIUM_RATE: 'number-premium',
  SHARED_COST: 'number-premium',
};

/** Some countries do not tell mobile numbers from fixed ones. */
const mobile = ['MOBILE', 'FIXED_LINE_OR_MOBILE'];

/** Phone numbers, and what is known of them per country. Heavy: loaded when somebody first needs it. */
export const phoneNumbers = () => import('libphonenumber-js/max');
type PhoneNumbers = Awaited<ReturnType<typeof phoneNumbers>>;

/** A number as it was typed, and where. */
export interface TypedNumber {
  readonly typed: string | undefined;
  /** The chosen country, which counts where the number does not name its own; ISO 3166-1 alpha-2. */
  readonly country: string | undefined;
  /** Countries that messages may go to. */
  readonly countries: readonly string[];
}

/** The number in E.164, however it was written, or what is wrong with it. */
export async function readNumber({
  typed = '',
  country,
  countries,
}: TypedNumber): Promise<{ readonly number: string } | { readonly fault: NumberFault }> {
  const plain = typedCode(typed).replace(/[().,/]/g, '');
  if (typed.trim() === '') return { fault: 'number-missing' };
  if (plain === '') return { fault: typed.length > 100 ? 'number-too-long' : 'number-wrong' };
  if (!NUMBER.test(plain)) return { fault: 'number-letters' };
  if (plain.lastIndexOf('+') > 0) return { fault: 'number-plus' };

  const library = await phoneNumbers();
  const chosen = countries.find((one) => one === country);
  if (!plain.startsWith('+') && chosen === undefined) return { fault: 'number-no-country' };
  const parsed = parse(library, plain, chosen);
  if ('fault' in parsed) return parsed;
  const fault = await faultOf(library, parsed, countries);
  return fault === undefined ? { number: parsed.format('E.164') } : { fault };
}

function parse(
  { parsePhoneNumberWithError, isSupportedCountry, ParseError }: PhoneNumbers,
  plain: string,
  country: string | undefined,
): PhoneNumber | { readonly fault: NumberFault } {
  const known = country !== undefined && isSupportedCountry(country) ? { defaultCountry: country } : {};
  try {
    return parsePhoneNumberWithError(plain, { ...known, extract: false });
  } catch (error) {
    if (error instanceof ParseError) return { fault: unreadable[error.message] ?? 'number-wrong' };
    throw error;
  }
}

/** The country first: what is right in one that is not allowed helps nobody. */
async function faultOf(
  library: PhoneNumbers,
  parsed: PhoneNumber,
  countries: readonly string[],
): Promise<NumberFault | undefined> {
  const places = parsed.country === undefined ? placesOf(library, parsed) : [parsed.country];
  if (!places.some((place) => countries.includes(place))) return 'number-country-not-allowed';
  if (!parsed.isValid()) return invalid(library, parsed, places);
  const type = parsed.getType() ?? '';
  if (!mobile.includes(type)) return unfit[type] ?? 'number-not-mobile';
  return parsed.country === undefined ? 'number-country-not-allowed' : undefined;
}

/** Countries of a calling code, for a number that belongs to none of them. */
function placesOf({ getCountries, getCountryCallingCode }: PhoneNumbers, { countryCallingCode }: PhoneNumber) {
  return getCountries().filter((country) => getCountryCallingCode(country) === countryCallingCode);
}

async function invalid(
  library: PhoneNumbers,
  parsed: PhoneNumber,
  places: readonly CountryCode[],
): Promise<NumberFault> {
  const { countryCallingCode, nationalNumber } = parsed;
  if (nationalNumber.startsWith(countryCallingCode)) {
    const once = library.parsePhoneNumberFromString(`+${nationalNumber}`);
    if (once?.isValid()) return 'number-country-twice';
  }
  const { default: examples } = await import('libphonenumber-js/mobile/examples');
  const lengths = places.flatMap((place) => library.getExampleNumber(place, examples)?.nationalNumber.length ?? []);
  if (nationalNumber.length < Math.min(...lengths)) return 'number-too-short';
  return nationalNumber.length > Math.max(...lengths) ? 'number-too-long' : 'number-wrong';
}
