import { createHash, randomBytes } from 'node:crypto';

export interface Reply {
  readonly status: number;
  readonly location?: string;
  readonly body: string;
}

export interface Tokens {
  readonly status: number;
  readonly error?: string;
  readonly access_token?: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
}

/** A code, and what the application needs to redeem it. */
export interface Authorized {
  readonly client: string;
  readonly code: string;
  readonly verifier: string;
}

/** A user agent with cookies and without automatic redirects, and the applications that it visits. Keeps every secret it was shown. */
export class Browser {
  readonly issuer: string;
  readonly seen = new Set<string>();
  #cookies: { name: string; value: string; path: string }[] = [];

  constructor(issuer: string) {
    this.issuer = issuer;
  }

  cookie(name: string): string | undefined {
    return this.#cookies.find((cookie) => cookie.name === name)?.value;
  }

  /** A second tab of the same browser as it stands now, with cookies of its own from then on. */
  copy(): Browser {
    const copy = new Browser(this.issuer);
    copy.#cookies = [...this.#cookies];
    return copy;
  }

  async go(url: string, form?: Record<string, string>): Promise<Reply> {
    const { href, pathname } = new URL(url, this.issuer);
    const sent = this.#cookies.filter(({ path }) => pathname.startsWith(path));
    const response = await fetch(href, {
      redirect: 'manual',
      headers: { accept: 'text/html', cookie: sent.map(({ name, value }) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    const location = response.headers.get('location');
    return { status: response.status, body: await response.text(), ...(location === null ? {} : { location }) };
  }

  /** Follows redirects from the authorization endpoint to the application's callback. */
  async authorize(client: string, more: Record<string, string> = {}): Promise<Authorized> {
    const verifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      client_id: client,
      response_type: 'code',
      scope: 'openid',
      redirect_uri: callbackOf(client),
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    });
    let reply = await this.go(`/auth?${query}`);
    while (reply.location !== undefined && !reply.location.startsWith(callbackOf(client))) {
      reply = await this.go(reply.location);
    }
    const code = reply.location === undefined ? null : new URL(reply.location).searchParams.get('code');
    if (code === null) throw new Error(`no code: ${reply.status} ${reply.location ?? reply.body.slice(0, 300)}`);
    this.seen.add(code);
    return { client, code, verifier };
  }

  /** Answers the page that asks whether to sign out: of everything, or of the one application that asked. */
  confirmSignOut(page: Reply, everywhere: boolean): Promise<Reply> {
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    return this.go('/session/end/confirm', everywhere ? { xsrf, logout: 'yes' } : { xsrf });
  }

  redeem({ client, code, verifier }: Authorized): Promise<Tokens> {
    const redirect_uri = callbackOf(client);
    return this.#token({
      grant_type: 'authorization_code',
      client_id: client,
      redirect_uri,
      code,
      code_verifier: verifier,
    });
  }

  refresh(client: string, refresh_token = ''): Promise<Tokens> {
    return this.#token({ grant_type: 'refresh_token', client_id: client, refresh_token });
  }

  /** The status that the userinfo endpoint answers. */
  async userinfo(token = ''): Promise<number> {
    const response = await fetch(new URL('/me', this.issuer), { headers: { authorization: `Bearer ${token}` } });
    await response.text();
    return response.status;
  }

  async #token(form: Record<string, string>): Promise<Tokens> {
    const response = await fetch(new URL('/token', this.issuer), { method: 'POST', body: new URLSearchParams(form) });
    const tokens = (await response.json()) as Omit<Tokens, 'status'>;
    for (const value of [tokens.access_token, tokens.refresh_token, tokens.id_token]) {
      if (value !== undefined) this.seen.add(value);
    }
    return { status: response.status, ...tokens };
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(/;\s*/);
    const [name = '', value = ''] = pair.split('=');
    const path = attributes.find((attribute) => attribute.startsWith('path='))?.slice('path='.length) ?? '/';
    this.#cookies = this.#cookies.filter((cookie) => cookie.name !== name || cookie.path !== path);
    if (value === '') return;
    this.seen.add(value);
    this.#cookies.push({ name, value, path });
  }
}

export function callbackOf(client: string): string {
  return `https://${client}.example/callback`;
}
