import { type Config, ConfigError } from '../config.ts';
import type { Clock } from '../domain/clock.ts';
import { type Assets, createAssets } from '../web/assets.ts';
import { createRenderer, type Renderer } from '../web/render.ts';

export interface RenderingParts {
  /** Path that Sluis is mounted under; empty at the root. */
  readonly base: string;
  readonly clock: Clock;
  /** Folders of views and texts, laid over Sluis's own. */
  readonly views: readonly string[];
}

/**
 * Pages and static files in the look of this deployment.
 * @throws {ConfigError} when its logo cannot be read, or it has words for a text that there is not
 */
export function rendering(
  { brand }: Config,
  { base, clock, views }: RenderingParts,
): { assets: Assets; renderer: Renderer } {
  try {
    const assets = createAssets({ brand, base });
    return { assets, renderer: createRenderer({ brand, assets, clock, texts: brand.texts, views }) };
  } catch (error) {
    throw new ConfigError([{ path: 'brand', expected: error instanceof Error ? error.message : 'a logo and texts' }]);
  }
}
