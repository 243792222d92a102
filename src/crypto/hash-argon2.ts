import { verify } from '@node-rs/argon2';
import type { Scheme } from './hash-scheme.ts';
import { blank, fromPhcBase64, hasLength } from './phc-base64.ts';

/** Costs of argon2 (RFC 9106, section 3.1). */
export interface Argon2Costs {
  /** `m`, in KiB. */
  readonly memory: number;
  /** `t`. */
  readonly passes: number;
  /** `p`. */
  readonly lanes: number;
}

/** 128 MiB, written 20 times: about a second. */
const MOST: Argon2Costs = { memory: 131_072, passes: 20, lanes: 16 };

const shape = /^\$(argon2id?)\$(?:v=(16|19)\$)?m=(\d{1,10}),t=(\d{1,10}),p=(\d{1,3})\$([^$]+)\$([^$]+)$/;

/** argon2id and argon2i as PHC strings. argon2d is not for passwords (RFC 9106, section 4). */
export const argon2: Scheme = (encoded) => {
  if (!/^\$argon2id?\$/.test(encoded)) return undefined;
  const [, type, version = '16', m, t, p, salt = '', digest = ''] = shape.exec(encoded) ?? [];
  if (type === undefined) return 'malformed';
  const costs = { memory: Number(m), passes: Number(t), lanes: Number(p) };

  if (costs.lanes < 1 || costs.passes < 1 || costs.memory < 8 * costs.lanes) return 'malformed';
  if (costs.memory > MOST.memory || costs.passes > MOST.passes || costs.lanes > MOST.lanes) return 'too-costly';
  if (!hasLength(fromPhcBase64(salt), 8, 48) || !hasLength(fromPhcBase64(digest), 16, 64)) return 'malformed';
  return { kind: kindOf(type, version, costs), matches: (secret) => verify(encoded, secret) };
};

/** The kind of argon2id hashes made with these costs, in the current version of argon2. */
export function argon2idKind(costs: Argon2Costs): string {
  return kindOf('argon2id', '19', costs);
}

function kindOf(type: string, version: string, { memory, passes, lanes }: Argon2Costs): string {
  return `$${type}$v=${version}$m=${memory},t=${passes},p=${lanes}$${blank(16)}$${blank(32)}`;
}
