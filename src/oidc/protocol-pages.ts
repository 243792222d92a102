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

/** Renders the pages that people see of oidc-provider's own routes; each answers a whole HTML document. */
export interface ProtocolPages {
  error(ctx: Context, error: ProtocolError): Promise<string>;
  /** @param form the hidden form to post, id `op.logoutForm`; a button that belongs to it signs out with `logout=yes` */
  signOut(ctx: Context, page: { readonly form: string; readonly client?: NamedClient }): Promise<string>;
  signedOut(ctx: Context, page: { readonly client?: NamedClient }): Promise<string>;
}

/** Lets our pages take the place of the library's. */
export function renderWith(pages: ProtocolPages) {
  return {
    async renderError(ctx: KoaContextWithOIDC, out: ErrorOut, error: Error): Promise<void> {
      ctx.type = 'html';
      ctx.body = await pages.error(ctx, shown(out, error));
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

// Of what oidc-provider would show, `state` and `scope` are the client's words and are left out.
function shown({ error, error_description: description }: ErrorOut, thrown: Error): ProtocolError {
  if (thrown instanceof Failure) return { code: thrown.code };
  // A sign-in that is over, gone, or another browser's.
  if (thrown instanceof errors.SessionNotFound) return { code: 'interaction-expired' };
  return { code: error, ...(error === 'server_error' || description === undefined ? undefined : { description }) };
}

function named(client: Client | undefined): { readonly client?: NamedClient } {
  return client === undefined ? {} : { client: { id: client.clientId, name: client.clientName ?? client.clientId } };
}
