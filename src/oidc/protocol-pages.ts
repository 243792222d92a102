import type { Context } from 'koa';
import { type Client, type Configuration, type ErrorOut, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { Failure } from '../domain/failure.ts';

/** What a person may see of an error of the protocol. */
export interface ProtocolError {
  /** A code of OAuth 2.0, of OpenID Connect, or of a `Failure`. */
  readonly code: string;
  /** The technical reason, in English, for whoever runs the application. Escape it. */
  readonly description?: string;
}

/** An application that a page names. */
export interface NamedClient {
  readonly id: string;
  readonly name: string;
}

/** What a form about the code that a device shows must post (RFC 8628, section 3.3). */
export interface DeviceForm {
  readonly action: string;
  /** Posted as `xsrf`. */
  readonly xsrf: string;
}

/**
 * Why the code of a device is asked for:
 * - `malformed`: nothing was entered
 * - `wrong`: no device waits with that code, or it does no more
 * - `declined`: somebody said no, and the device knows
 * - `stale`: the form was not the one that this browser was shown last, or the sign-in could not go on
 */
export type DeviceProblem = 'malformed' | 'wrong' | 'declined' | 'stale';

/** Renders the pages that people see of oidc-provider's own routes; each answers a whole HTML document. */
export interface ProtocolPages {
  error(ctx: Context, error: ProtocolError): Promise<string>;
  /** @param form the hidden form to post, id `op.logoutForm`; a button that belongs to it signs out with `logout=yes` */
  signOut(ctx: Context, page: { readonly form: string; readonly client?: NamedClient }): Promise<string>;
  signedOut(ctx: Context, page: { readonly client?: NamedClient }): Promise<string>;
  /** Asks for the code that a device shows, as `user_code`. @param page.code what was entered, by anybody and of any length */
  deviceCode(
    ctx: Context,
    page: DeviceForm & { readonly code?: string; readonly problem?: DeviceProblem },
  ): Promise<string>;
  /** Asks whether this is what the device shows: posts it as `user_code`, with `confirm=yes` or `abort=yes`. */
  confirmDevice(
    ctx: Context,
    page: DeviceForm & { readonly code: string; readonly client: NamedClient },
  ): Promise<string>;
  /** The device was told who signed in. */
  deviceConnected(ctx: Context): Promise<string>;
}

/** Lets our pages take the place of the library's. */
export function renderWith(pages: ProtocolPages) {
  return {
    async renderError(ctx: KoaContextWithOIDC, out: ErrorOut, error: Error): Promise<void> {
      ctx.type = 'html';
      ctx.body = await pages.error(ctx, shownError(out, error));
    },
    async logoutSource(ctx: KoaContextWithOIDC, form: string): Promise<void> {
      ctx.body = await pages.signOut(ctx, { form, ...named(ctx.oidc.client) });
    },
    async postLogoutSuccessSource(ctx: KoaContextWithOIDC): Promise<void> {
      ctx.type = 'html';
      ctx.body = await pages.signedOut(ctx, named(ctx.oidc.client));
    },
  } satisfies Pick<Configuration, 'renderError'> & Record<string, unknown>;
}

/** Of what oidc-provider would show, `state` and `scope` are the client's words and are left out. */
export function shownError(
  { error, error_description: description }: Pick<ErrorOut, 'error' | 'error_description'>,
  thrown?: Error,
): ProtocolError {
  if (thrown instanceof Failure) return { code: thrown.code };
  // A sign-in that is over, gone, or another browser's.
  if (thrown instanceof errors.SessionNotFound) return { code: 'interaction-expired' };
  return { code: error, ...(error === 'server_error' || description === undefined ? undefined : { description }) };
}

function named(client: Client | undefined): { readonly client?: NamedClient } {
  return client === undefined ? {} : { client: namedClient(client) };
}

/** A client by what people know it as. */
export function namedClient({ clientId, clientName }: Client): NamedClient {
  return { id: clientId, name: clientName ?? clientId };
}
