/** The languages of every text on screen. */
export const locales = ['en', 'nl'] as const;
export type Locale = (typeof locales)[number];
