import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';

/** Why nobody is signed in. `code` is one of ours or of OAuth 2.0 and OpenID Connect; never holds a token or a code. */
export class SignInError extends Error {
  readonly code: string;
  /** What the provider says about it, for developers. */
  readonly description?: string;

  constructor(code: string, options: { cause?: unknown; description?: string | undefined } = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'SignInError';
    this.code = code;
    if (options.description !== undefined) this.description = options.description;
  }
}

/**
 * Names what went wrong between the application and its provider:
 * - the provider's own error code (`access_denied`), where it gave one
 * - `not-verified`: an answer came that must not be believed
 * - `unreachable`: none came
 */
export function signInErrorOf(error: unknown): SignInError {
  if (error instanceof SignInError) return error;
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    const code = /^[\w-]{1,60}$/.test(error.error) ? error.error : 'unknown';
    return new SignInError(code, { cause: error, description: error.error_description });
  }
  const isSilence = error instanceof TypeError || (error instanceof ClientError && silences.includes(error.code ?? ''));
  return new SignInError(isSilence ? 'unreachable' : 'not-verified', { cause: error });
}

/** A server that answers with something else than OpenID Connect is not there yet either. */
const silences = ['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON'];
