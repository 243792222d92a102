import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import mount from 'koa-mount';
import type { Provider } from 'oidc-provider';

export interface Asked {
  /** Below the issuer. */
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
  /** A bearer token (RFC 6750). */
  readonly token?: string;
}

/**
 * Posts to an endpoint of oidc-provider as an application does, without a network in between: whatever it checks and issues, it does so
 * here, too.
 * @returns the body before it would be written: an object where the endpoint answers JSON
 */
export async function askInProcess(provider: Provider, { path, form, token }: Asked): Promise<Answered> {
  const body = `${new URLSearchParams(form)}`;
  const request = new IncomingMessage(new Socket());
  request.method = 'POST';
  request.url = path;
  request.headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(body.length),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  request.push(body);
  request.push(null);
  const ctx = provider.createContext(request, new ServerResponse(request));
  await mount(provider)(ctx, async () => undefined);
  return { status: ctx.status, body: ctx.body };
}

export interface Answered {
  readonly status: number;
  readonly body: unknown;
}
