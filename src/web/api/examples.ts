/** What a request and its answer may look like. */
export interface Example {
  /** The body. */
  readonly given?: object;
  readonly answer?: object;
}

const organization = {
  id: 'o-4kq7',
  code: 'MOLEN',
  name: 'Molen BV',
  secondFactorRequired: true,
  secondFactorFrom: null,
  methods: null,
  firstSetUp: 'open',
  permitsWaived: false,
  numberChange: true,
  passkeysCountAsBoth: true,
  authenticators: null,
  minimumAcr: null,
  reason: { en: 'Your work concerns personal data.', nl: 'U werkt met persoonsgegevens.' },
  contact: { en: 'Call 020 555 01 23.' },
  version: 3,
};

/** By the name of the act. */
export const examples: Readonly<Record<string, Example>> = {
  'organization.show': { answer: organization },
};
