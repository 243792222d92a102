import type { Config } from '../config.ts';
import { serve } from '../main.ts';

/** `sluis demo`: runs until it is asked to stop. */
export async function runDemo(config: Config): Promise<void> {
  await serve(config);
}
