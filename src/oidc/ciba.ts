import { type Configuration, errors } from 'oidc-provider';
import type { AccountSource } from '../domain/ports.ts';

type Ciba = NonNullable<NonNullable<Configuration['features']>['ciba']>;

/**
 * OpenID Connect Client-Initiated Backchannel Authentication 1.0. Requests are taken and, as no factor of Sluis can ask somebody on a
 * device of theirs yet, denied: the application polls and reads `access_denied`.
 */
export function ciba(enabled: boolean, accounts: AccountSource): Ciba {
  return {
    enabled,
    deliveryModes: ['poll'],
    processLoginHint: async (_ctx, hint = '') => (await accounts.byName(hint))?.id,
    processLoginHintToken: () => {
      throw new errors.InvalidRequest('login_hint_token is not supported');
    },
    validateRequestContext: (_ctx, context) => {
      if (context !== undefined) throw new errors.InvalidRequest('request_context is not supported');
    },
    validateBindingMessage: (_ctx, message) => {
      if (message !== undefined) throw new errors.InvalidBindingMessage('binding_message is not supported');
    },
    verifyUserCode: (_ctx, _account, code) => {
      if (code !== undefined) throw new errors.InvalidUserCode('user_code is not supported');
    },
    triggerAuthenticationDevice: async ({ oidc: { provider } }, request) => {
      await provider.backchannelResult(request, new errors.AccessDenied('nobody can be asked on a device'));
    },
  };
}
