import { type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { type DeviceForm, type DeviceProblem, namedClient, type ProtocolPages, shownError } from './protocol-pages.ts';

type DeviceFlow = NonNullable<NonNullable<Configuration['features']>['deviceFlow']>;

/**
 * The names of the library's errors after which the code is asked for again. It does not export their classes. A stranger learns nothing from
 * whether a code never was or is over.
 */
const problems: ReadonlyMap<string, DeviceProblem> = new Map([
  ['NoCodeError', 'malformed'],
  ['NotFoundError', 'wrong'],
  ['ExpiredError', 'wrong'],
  ['AlreadyUsedError', 'wrong'],
  ['AbortedError', 'declined'],
]);

/** Where people sign in on behalf of a device without a keyboard: OAuth 2.0 Device Authorization Grant (RFC 8628), with pages of ours. */
export function deviceFlow(enabled: boolean, pages: ProtocolPages): DeviceFlow {
  return {
    enabled,
    // Shown to nobody: the address of a proxy, and what a program says of itself.
    deviceInfo: () => ({}),
    async userCodeInputSource(ctx, ...[, out, error]) {
      if (out?.error === 'server_error' || error instanceof errors.SessionNotFound) {
        ctx.body = await pages.error(ctx, shownError(out ?? { error: 'server_error' }, error));
        return;
      }
      const problem = error && (problems.get(error.name) ?? 'stale');
      if (problem === 'wrong' || problem === 'malformed') ctx.status = 422;
      ctx.body = await pages.deviceCode(ctx, { ...formOf(ctx), ...typedIn(error), ...(problem && { problem }) });
    },
    async userCodeConfirmSource(ctx, ...[, client, , code]) {
      ctx.body = await pages.confirmDevice(ctx, { ...formOf(ctx), code, client: namedClient(client) });
    },
    async successSource(ctx) {
      ctx.body = await pages.deviceConnected(ctx);
    },
  };
}

/** What somebody entered, to be mended. */
function typedIn(error: Error | undefined): { readonly code?: string } {
  return error !== undefined && 'userCode' in error && typeof error.userCode === 'string'
    ? { code: error.userCode }
    : {};
}

/** What the library's own form would post: it brings English words and a script that no policy of ours lets run. */
function formOf({ oidc }: KoaContextWithOIDC): DeviceForm {
  const { secret } = Object(oidc.session?.state);
  return { action: oidc.urlFor('code_verification'), xsrf: String(secret) };
}
