/** The encryption key of config/demo.json5. It is public, so nothing but a demonstration may run on it. */
const DEMO_KEY = 'c2x1aXMtZGVtby1rZXktbmV2ZXItcHJvZHVjdGlvbiE';

/** Whether one of the keys is the public one, in either spelling of base 64. */
export function hasDemoKey(keys: unknown): boolean {
  const written = Array.isArray(keys) ? keys : String(keys).split(',');
  return written.some((key) => Buffer.from(String(key), 'base64').toString('base64url') === DEMO_KEY);
}
