/** What lies at a path (`messages.0.status`) in parsed JSON of unknown shape; undefined when nothing does. */
export function valueAt(json: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
      ? Reflect.get(value, key)
      : undefined;
  }, json);
}
