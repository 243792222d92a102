import { appCode } from '../../support/codes.ts';
import { Browser } from './browser.ts';
import type { Target } from './target.ts';

/** A browser in which one of the `staff` is signed in to the console. Time goes on, for each code of an app works once. */
export async function atConsole(target: Target, username: string): Promise<Browser> {
  target.idp.clock.advance(60_000);
  const browser = new Browser(target);
  const first = await browser.follow(await browser.get('/admin'));
  await browser.code(await browser.password(first, username, 'MOLEN'), appCode(target.idp.clock));
  return browser;
}
