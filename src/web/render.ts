import type { Page, View } from './page.ts';

/** Turns what is known of a page into HTML. */
export interface Renderer {
  render(view: View, page: Page): string;
}
