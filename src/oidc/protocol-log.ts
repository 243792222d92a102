import type { errors, KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Logger } from 'pino';
import { Failure } from '../domain/failure.ts';

/** Everything that can be refused; each event carries the error of one route. */
const refusals = [
  'authorization.error',
  'backchannel_authentication.error',
  'code_verification.error',
  'device_authorization.error',
  'device_resume.error',
  'discovery.error',
  'end_session.error',
  'end_session_confirm.error',
  'end_session_success.error',
  'grant.error',
  'introspection.error',
  'jwks.error',
  'pushed_authorization_request.error',
  'registration_create.error',
  'registration_read.error',
  'revocation.error',
  'userinfo.error',
] as const;

/**
 * Says in the log which route answered and why it refused: codes and the library's own words, never what a client sent (the
 * library's `error_detail` may quote it). A store that cannot be reached answers 503 instead of 500.
 */
export function logProtocol(provider: Provider, logger: Logger): void {
  provider.use(async (ctx, next) => {
    try {
      await next();
    } finally {
      ctx.state.route ??= ctx.oidc?.route;
    }
  });
  const refused = (ctx: KoaContextWithOIDC, error: errors.OIDCProviderError) => {
    ctx.state.outcome = error.error;
    const { error: code, error_description: description } = error;
    logger.info({ requestId: ctx.state.requestId, route: ctx.oidc.route, code, description }, 'refused');
  };
  // Typed one by one in the library, but of one shape.
  for (const event of refusals) provider.on(event as 'grant.error', refused);
  provider.on('server_error', (ctx: KoaContextWithOIDC, error: Error) => {
    ctx.state.outcome = error instanceof Failure ? error.code : 'internal';
    if (error instanceof Failure) {
      ctx.status = error.status;
      if (error.retryAfter !== undefined) ctx.set('Retry-After', String(error.retryAfter));
    }
    logger.error({ requestId: ctx.state.requestId, route: ctx.oidc.route, err: error }, 'failure');
  });
  provider.on('backchannel.error', (ctx: KoaContextWithOIDC, error: Error, client: { readonly clientId: string }) => {
    logger.error({ requestId: ctx.state.requestId, client: client.clientId, err: error }, 'logout not queued');
  });
}
