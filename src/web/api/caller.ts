import type { IncomingMessage } from 'node:http';
import type { Client } from '../../domain/client.ts';
import type { Clients } from '../../domain/ports.ts';
import { type Actor, serviceActor } from '../../flows/administration/actor.ts';
import { isScope } from '../../flows/administration/scopes.ts';
import type { FindServiceToken } from '../../oidc/service-tokens.ts';
import { assertNotTooMany, type RequestLimit } from './limited.ts';
import { ApiError } from './problem.ts';

export interface CallerNeeds {
  readonly findToken: FindServiceToken;
  readonly clients: Clients;
  readonly limit: RequestLimit;
  /** Names this deployment in challenges. */
  readonly realm: string;
}

/**
 * The service that sent a request, as it is registered now: what it may no longer do, a token of before does not let it do.
 * The token comes in the header alone (RFC 6750, section 2.1): an address ends up in logs.
 * @throws {ApiError} `unauthenticated`, `too-many-requests`
 */
export async function callerOf(
  { findToken, clients, limit, realm }: CallerNeeds,
  { headers }: IncomingMessage,
  visitor: Actor['visitor'],
): Promise<Actor> {
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(headers.authorization ?? '')?.[1];
  const challenge = `Bearer realm="${realm}"`;
  if (token === undefined) throw new ApiError('unauthenticated', { 'WWW-Authenticate': challenge });
  const found = await findToken(token);
  if (found !== undefined) await assertNotTooMany(limit, found.client);
  const client = found && (await clients.byId(found.client));
  const scopes = (found?.scopes ?? []).filter(isScope);
  const actor = client && serviceActor(client, scopes.filter(registeredFor(client)), visitor);
  if (actor === undefined) {
    throw new ApiError('unauthenticated', { 'WWW-Authenticate': `${challenge}, error="invalid_token"` });
  }
  return actor;
}

function registeredFor({ metadata: { scope } }: Client): (one: string) => boolean {
  const registered = typeof scope === 'string' ? scope.split(' ') : [];
  return (one) => registered.includes(one);
}
