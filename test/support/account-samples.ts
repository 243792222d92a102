import type { Locale } from '../../src/domain/locale.ts';
import type { OwnPart, Page } from '../../src/web/page.ts';
import type { Sample } from './page-samples.ts';

/** The pages about somebody's own account. */
export function accountSamples(locale: Locale): readonly Sample[] {
  const base: Page = {
    locale,
    languages: [
      { locale: 'en', href: '?lang=en' },
      { locale: 'nl', href: '?lang=nl' },
    ],
    person: { username: 'j.bakker@devries.example', name: 'Jo Bakker' },
    bound: 'c2lnbmVk',
  };
  const links = { home: '/account', signOut: '/session/end' };
  const sample = (name: string, own: Partial<OwnPart>): Sample => ({
    name: `account-${name}`,
    view: `account/${name.split('-')[0]}`,
    page: { ...base, own: { ...links, ...own } },
  });
  const profile = {
    username: 'j.bakker@devries.example',
    name: 'Jo Bakker',
    office: 'De Vries',
    email: 'j.bakker@devries.example',
    emailVerified: true,
  };
  return [
    sample('overview', { profile, language: 'nl' }),
    sample('overview-changed', { profile, language: 'automatic', said: 'saved' }),
    sample('overview-foreign', { profile: { username: 'jo', emailVerified: false } }),
  ];
}
