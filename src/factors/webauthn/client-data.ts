import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Objection } from './credential.ts';

/** CollectedClientData (Web Authentication Level 3, section 5.8.1): what the browser says it did. The authenticator signs it. */
const clientData = z.looseObject({
  type: z.string(),
  challenge: z.string(),
  origin: z.string(),
  crossOrigin: z.boolean().optional(),
  topOrigin: z.string().optional(),
});

/** What a ceremony was to be. */
export interface Asked {
  readonly type: 'webauthn.create' | 'webauthn.get';
  /** Base64url. */
  readonly challenge: string;
  readonly origins: readonly string[];
}

/**
 * What is wrong with the client data of an answer: the checks of sections 7.1 and 7.2.
 * No page of ours is shown in a frame of another site, so an answer that comes out of one was not asked for.
 * @param encoded base64url
 */
export function objectionToClient(encoded: string, asked: Asked): Objection | undefined {
  const given = decode(encoded);
  if (given === undefined) return 'unreadable';
  if (given.type !== asked.type) return 'type';
  if (!same(given.challenge, asked.challenge)) return 'challenge';
  if (!asked.origins.includes(given.origin)) return 'origin';
  return given.crossOrigin === true || given.topOrigin !== undefined ? 'framed' : undefined;
}

function decode(encoded: string) {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(encoded, 'base64url'));
    return clientData.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function same(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
