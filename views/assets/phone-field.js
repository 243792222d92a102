// @ts-check
// A field for phone numbers with a flag in it (intl-tel-input). The plain list of countries stays in the form, out of sight:
// what it says is what is posted, so that the server need not know of either.

/** @typedef {import('intl-tel-input').Iso2} Iso2 */

/** Longer lists are searched. */
const SHORT = 10;

const { intlTelInput } = /** @type {Window & { intlTelInput?: import('intl-tel-input').IntlTelInputInterface }} */ (
  window
);

for (const place of document.querySelectorAll('[data-phone]')) {
  if (!(place instanceof HTMLElement) || intlTelInput === undefined) continue;
  const { phone = '', change = '', none = '', list = '', search = '', clear = '', close = '' } = place.dataset;
  const { nothing = '', found = '' } = place.dataset;
  const input = document.getElementById(phone);
  const countries = document.querySelector('[data-countries]');
  const select = countries?.querySelector('select');
  if (!(input instanceof HTMLInputElement) || !(countries instanceof HTMLElement) || select == null) continue;

  const codes = [...select.options].map(({ value }) => /** @type {Iso2} */ (value.toLowerCase()));
  const field = intlTelInput(input, {
    onlyCountries: codes,
    countryOrder: codes,
    initialCountry: /** @type {Iso2} */ (select.value.toLowerCase()),
    // What is typed stays as it is typed: the server reads every way of writing, and says what is wrong.
    separateDialCode: false,
    strictMode: false,
    formatAsYouType: false,
    numberDisplayFormat: 'NATIONAL',
    countrySearch: codes.length > SHORT,
    countryNameLocale: document.documentElement.lang,
    uiTranslations: {
      selectedCountryAriaLabel: change,
      noCountrySelected: none,
      countryListAriaLabel: list,
      searchPlaceholder: search,
      clearSearchAriaLabel: clear,
      closeCountrySelectorAriaLabel: close,
      searchEmptyState: nothing,
      searchSummaryAria: (count) => (count === 0 ? nothing : found.replace('{count}', String(count))),
    },
  });
  countries.hidden = true;
  input.addEventListener('open:countryselector', () => {
    document.querySelector('.iti__country-selector[role=dialog]')?.setAttribute('aria-label', list);
  });
  input.addEventListener('countrychange', () => {
    const country = field.getSelectedCountry();
    if (country !== null) select.value = country.iso2.toUpperCase();
  });
}
