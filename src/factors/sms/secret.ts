import { z } from 'zod';
import { readStored } from '../read-stored.ts';

/** What is stored of a phone: the number that its owner proved to read messages at, or that staff entered. */
export const smsSecret = z.strictObject({
  /** E.164. */
  number: z.string().regex(/^\+[1-9]\d{6,14}$/),
});
export type SmsSecret = z.output<typeof smsSecret>;

/** @throws Error when a stored secret is anything else */
export function readSecret(stored: unknown): SmsSecret {
  return readStored('sms secret', smsSecret, stored);
}
