import { z } from 'zod';

/** Dotted paths of all settings in a schema. */
export function settingsIn(node: unknown, path = ''): string[] {
  const inner = bare(node);
  if (!(inner instanceof z.ZodObject)) return [path];
  return Object.entries(inner.shape).flatMap(([key, child]) => settingsIn(child, path === '' ? key : `${path}.${key}`));
}

function bare(node: unknown): unknown {
  const isWrapped =
    node instanceof z.ZodReadonly || node instanceof z.ZodExactOptional || node instanceof z.ZodPrefault;
  return isWrapped ? bare(node.unwrap()) : node;
}
