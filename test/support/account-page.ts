import { appCode } from './codes.ts';
import type { Journey, Visitor } from './journey.ts';

/** Opens the person's own page, or one below it: `sessions`. */
export async function openAccount({ idp }: Journey, visitor: Visitor, page = ''): Promise<void> {
  await visitor.page.goto(`${idp.issuer}/account${page === '' ? '' : `/${page}`}`);
  await visitor.page.locator('html:not(:has(meta[http-equiv=refresh])) main').waitFor();
}

/** Somebody with an authenticator app, on their own page for the first time. Time goes on, for each of its codes works once. */
export async function signInToAccount(journey: Journey, visitor: Visitor, username: string, office: string) {
  await openAccount(journey, visitor);
  await visitor.enterPassword(username, office);
  await visitor.enterCode(appCode(journey.idp.clock));
  await visitor.keepCodes();
}
