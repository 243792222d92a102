import { OWN_PAGE } from '../domain/own-page.ts';

/**
 * Whether an authorization request wants the person themselves, so that no remembered device stands in: one with `prompt=login` or any
 * `max_age` (OpenID Connect Core, section 3.1.2.1), and each of the person's own page, where those devices are looked after.
 *
 * @param params as oidc-provider checked them: it has put `default_max_age` in, and turned a `max_age` of 0 into `prompt=login`
 */
export function wantsPerson(params: Readonly<Record<string, unknown>> | undefined): boolean {
  const { prompt, max_age: maxAge, client_id: client } = params ?? {};
  const isPrompted = typeof prompt === 'string' && prompt.split(' ').includes('login');
  return isPrompted || maxAge !== undefined || client === OWN_PAGE;
}
