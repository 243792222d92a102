import type { Context } from 'koa';
import type { Listed } from './part.ts';

/** What of a list was asked for in the address of its page. */
export function askedOf(ctx: Context): { readonly prefix?: string; readonly after?: string } {
  const { q, after } = ctx.query;
  return {
    ...(typeof q === 'string' && q.trim() !== '' && { prefix: q.trim() }),
    ...(typeof after === 'string' && { after }),
  };
}

/** A page of a list as its view shows it, with the address of the page after it. */
export function listed<Item>(
  ctx: Context,
  { items, next }: { items: readonly Item[]; next?: string | undefined },
): Listed<Item> {
  const prefix = askedOf(ctx).prefix ?? '';
  if (next === undefined) return { items, prefix };
  const query = new URLSearchParams(ctx.querystring);
  query.set('after', next);
  query.delete('said');
  return { items, prefix, next: `?${query}` };
}
