import { CLIENT_SECRET } from '../../support/seed.ts';
import { type Answer, send } from './http.ts';
import { CALLBACK, type Target } from './target.ts';

/** An application with a secret, as its server speaks to an endpoint. */
export function post(
  target: Target,
  path: string,
  {
    client = 'web',
    secret = CLIENT_SECRET,
    form,
  }: { client?: string; secret?: string; form: Readonly<Record<string, string>> },
): Promise<Answer> {
  return send(target.address, {
    method: 'POST',
    path,
    headers: {
      host: new URL(target.issuer).host,
      authorization: `Basic ${Buffer.from(`${client}:${secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: `${new URLSearchParams(form)}`,
  });
}

/** A token for a service that nobody signs in to. */
export function serviceToken(target: Target): Promise<Answer> {
  return post(target, '/token', { client: 'robot', form: { grant_type: 'client_credentials' } });
}

/** The tokens for an authorization code. */
export function redeem(target: Target, code: string, verifier: string): Promise<Answer> {
  const form = { grant_type: 'authorization_code', redirect_uri: CALLBACK, code, code_verifier: verifier };
  return post(target, '/token', { form });
}
