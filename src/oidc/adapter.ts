import { type Adapter, type AdapterFactory, type AdapterPayload, errors } from 'oidc-provider';
import type { Clock } from '../domain/clock.ts';
import type { ModelEntry, Models, Sessions } from '../domain/ports.ts';
import { sessionAdapter } from './session-adapter.ts';

export interface AdapterParts {
  readonly models: Models;
  readonly sessions: Sessions;
  readonly clock: Clock;
  /** Metadata of a registered client (OpenID Connect Dynamic Client Registration 1.0, section 2), by `client_id`. */
  readonly client: (id: string) => Promise<AdapterPayload | undefined>;
}

/**
 * What a grant takes along when it is revoked. Authorization codes are not among them: each lives for a minute, and redeeming it
 * asks for the grant.
 */
const OF_A_GRANT = new Set([
  'AccessToken',
  'RefreshToken',
  'DeviceCode',
  'BackchannelAuthenticationRequest',
  'PreAuthorizedCode',
]);

/** oidc-provider's storage, over our ports. What the library expects of a storage beyond reading and writing is decided here. */
export function createAdapter({ models, sessions, clock, client }: AdapterParts): AdapterFactory {
  return (model) => {
    if (model === 'Session') return sessionAdapter({ sessions, clock });
    const adapter = modelAdapter(model, models);
    if (model !== 'Client') return adapter;
    return { ...adapter, find: async (id) => (await client(id)) ?? adapter.find(id) };
  };
}

function modelAdapter(model: string, models: Models): Adapter {
  return {
    async upsert(id, payload, lifetime) {
      const entry = entryOf(model, payload, lifetime);
      if (model !== 'ReplayDetection') return models.upsert({ model, id }, entry);
      // The library looks for the id first and saves it then; between the two another request may have come.
      if (!(await models.add({ model, id }, entry))) throw new errors.InvalidRequest('this was used before');
    },

    find: async (id) => models.find({ model, id }),

    findByUserCode: async (userCode) => models.findByUserCode(model, userCode),

    async findByUid() {
      return undefined;
    },

    async consume(id) {
      if (await models.consume({ model, id })) return;
      // The library checks `consumed` first and consumes then: who loses in between must not go on.
      if (model === 'PushedAuthorizationRequest') {
        throw new errors.InvalidRequestUri('request_uri is invalid, expired, or was already used');
      }
      throw new errors.InvalidGrant('already consumed');
    },

    destroy: async (id) => models.destroy({ model, id }),

    revokeByGrantId: async (grantId) => models.revokeByGrantId(grantId),
  };
}

function entryOf(model: string, payload: AdapterPayload, lifetime: number | undefined): ModelEntry {
  const { grantId, accountId, userCode } = payload;
  return {
    stored: payload,
    ...(lifetime === undefined ? {} : { lifetime: Math.max(lifetime, 1) }),
    ...(grantId !== undefined && OF_A_GRANT.has(model) ? { grant: grantId } : {}),
    // What is issued besides ends within the hour, and can be found by its session until then.
    ...(accountId !== undefined && model === 'RefreshToken' ? { account: accountId } : {}),
    ...(userCode === undefined ? {} : { userCode }),
  };
}
