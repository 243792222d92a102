import type { Context } from 'koa';
import type { Clients } from '../domain/ports.ts';
import type { BrowserCookies } from './browser-cookies.ts';
import type { Pages } from './pages.ts';

export interface RestartNeeds {
  readonly pages: Pages;
  readonly cookies: BrowserCookies;
  readonly clients: Clients;
}

/** For a sign-in that is over or too old: leads back to the application it came from, where that is known, or says what to do. */
export async function restartPage(ctx: Context, { pages, cookies, clients }: RestartNeeds): Promise<string> {
  const client = await clients.byId(cookies.lastClient(ctx) ?? '').catch(() => undefined);
  const leadsTo = client?.metadata.initiate_login_uri;
  return pages.html(ctx, 'interaction/restart', {
    languages: [],
    ...(client && { client: { name: client.name } }),
    ...(typeof leadsTo === 'string' && /^https?:\/\//i.test(leadsTo) && { leadsTo }),
  });
}
