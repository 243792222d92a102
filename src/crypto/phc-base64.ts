/**
 * Base64 as PHC strings have it: the standard alphabet, no padding.
 * Undefined for anything that would not be written back the same way, because libraries refuse such a hash at once,
 * and an account whose hash costs nothing to refuse stands out.
 */
export function fromPhcBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return toPhcBase64(bytes) === text ? bytes : undefined;
}

export function toPhcBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '');
}

/** `length` zero bytes: the salt or digest of a kind. */
export function blank(length: number): string {
  return toPhcBase64(new Uint8Array(length));
}

/** Whether a salt or digest has a length that a real one may have, in bytes. */
export function hasLength(bytes: Buffer | undefined, least: number, most: number): bytes is Buffer {
  return bytes !== undefined && bytes.length >= least && bytes.length <= most;
}
