import type { Command } from 'commander';
import type { Asked } from './resource-commands.ts';

/** Adds the options of a list, which comes in pages. */
export function paged(command: Command): Command {
  return command.option('--limit <number>', 'how many', '50').option('--after <place>', 'the page after another');
}

/** What the acts that list ask for, of `list [beginning]`. */
export function pageAsked({ beginning, limit, after }: Asked): object {
  return {
    limit: Number(limit),
    ...(beginning !== undefined && { prefix: beginning }),
    ...(after !== undefined && { after }),
  };
}

/** A page as people read it: a line for each, and how to get the rest. */
export function toldPage<Item>(
  { items, next }: { readonly items: readonly Item[]; readonly next?: string },
  line: (item: Item) => readonly string[],
): string {
  const more = next === undefined ? [] : [`more: --after ${next}`];
  return [...items.map((item) => line(item).join('  ')), ...more].join('\n');
}
