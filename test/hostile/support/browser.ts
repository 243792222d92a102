import { createHash, randomBytes } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { PASSWORD } from '../../support/seed.ts';
import { type Answer, send } from './http.ts';
import { CALLBACK, type Target } from './target.ts';

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

/** Query of an authorization request, with what redeeming its code takes. */
export interface Asked {
  readonly query: Readonly<Record<string, string>>;
  readonly verifier: string;
}

/** An authorization request of an application with PKCE. */
export function ask(more: Readonly<Record<string, string>> = {}): Asked {
  const verifier = randomBytes(32).toString('base64url');
  const query = {
    client_id: 'web',
    response_type: 'code',
    scope: 'openid profile',
    redirect_uri: CALLBACK,
    state: 'a-state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  };
  return { query, verifier };
}

/** A user agent that sends what browsers send, shows everything it got, and does nothing by itself. */
export class Browser {
  readonly #target: Pick<Target, 'address' | 'issuer'>;
  readonly #headers: OutgoingHttpHeaders;
  #cookies: readonly Cookie[] = [];

  /** @param headers sent with every request, over those that a browser sends */
  constructor(target: Pick<Target, 'address' | 'issuer'>, headers: OutgoingHttpHeaders = {}) {
    this.#target = target;
    this.#headers = headers;
  }

  get cookies(): readonly Cookie[] {
    return this.#cookies;
  }

  /** The `Cookie` header that goes to a path. */
  cookieFor(path: string): string {
    const sent = this.#cookies.filter((cookie) => path.startsWith(cookie.path));
    return sent.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  /** Another browser with the same cookies. */
  copy(): Browser {
    const copy = new Browser(this.#target, this.#headers);
    copy.#cookies = this.#cookies;
    return copy;
  }

  /** Value of the session's cookie, whether or not anybody is signed in with it. */
  get session(): string | undefined {
    return this.#cookies.find(({ name }) => /^(__Host-)?sluis$/.test(name))?.value;
  }

  put(cookie: Cookie): void {
    this.#cookies = [...this.#cookies.filter(({ name, path }) => name !== cookie.name || path !== cookie.path), cookie];
  }

  get(path: string, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
    return this.#send('GET', path, { headers });
  }

  /** Posts a form from a page of the same site. */
  post(path: string, form: Readonly<Record<string, string>>, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
    return this.#send('POST', path, {
      body: `${new URLSearchParams(form)}`,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: new URL(this.#target.issuer).origin,
        'sec-fetch-site': 'same-origin',
        ...headers,
      },
    });
  }

  /** Follows redirects within the issuer, and pages that move on by themselves. */
  async follow(answer: Answer): Promise<Landed> {
    let at = answer;
    let path = '';
    for (let hops = 0; hops < 10; hops += 1) {
      const leadsTo = at.headers.location ?? /http-equiv="refresh" content="0;url=([^"]+)"/.exec(at.body)?.[1];
      if (leadsTo === undefined) return { answer: at, path };
      const next = new URL(leadsTo.replaceAll('&amp;', '&'), this.#target.issuer);
      if (next.origin !== new URL(this.#target.issuer).origin) return { answer: at, path, left: next };
      path = `${next.pathname}${next.search}`;
      at = await this.get(path);
    }
    throw new Error(`still redirecting at ${path}`);
  }

  /** From an application to the first page of a sign-in. */
  async begin({ query }: Asked = ask()): Promise<Landed> {
    return this.follow(await this.get(`/auth?${new URLSearchParams(query)}`));
  }

  /** Fills in the form of a page, and follows to where that leads. */
  async answer(page: Landed, fields: Readonly<Record<string, string>>): Promise<Landed> {
    const landed = await this.follow(await this.post(page.path, { ...hidden(page.answer), ...fields }));
    return { ...landed, path: landed.path === '' ? page.path : landed.path };
  }

  password(page: Landed, username: string, office: string, password = PASSWORD): Promise<Landed> {
    return this.answer(page, { username, office, password });
  }

  /** Enters a code and, when new recovery codes follow, keeps them. */
  async code(page: Landed, code: string): Promise<Landed> {
    const landed = await this.answer(page, { code });
    return stepOf(landed) === 'keep-codes' ? this.answer(landed, { kept: 'on' }) : landed;
  }

  async #send(
    method: string,
    path: string,
    { headers, body }: { headers: OutgoingHttpHeaders; body?: string },
  ): Promise<Answer> {
    const cookie = this.cookieFor(path);
    const answer = await send(this.#target.address, {
      method,
      path,
      headers: {
        host: new URL(this.#target.issuer).host,
        accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
        'accept-language': 'en',
        ...(cookie !== '' && { cookie }),
        ...this.#headers,
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
    for (const line of answer.cookies) this.#keep(line);
    return answer;
  }

  #keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    const path = /;\s*path=([^;]+)/i.exec(line)?.[1] ?? '/';
    this.put({ name, value, path });
    if (value === '') this.#cookies = this.#cookies.filter((cookie) => cookie.name !== name || cookie.path !== path);
  }
}

/** Where following led to. */
export interface Landed {
  readonly answer: Answer;
  /** Of the page; empty when it is the answer itself. */
  readonly path: string;
  /** An address outside of the issuer, which was not visited. */
  readonly left?: URL;
}

/** The hidden fields of a page's own forms: `step` and `bound`. */
export function hidden({ body }: Pick<Answer, 'body'>): Record<string, string> {
  const fields = [...body.matchAll(/<input type="hidden" name="(step|bound)" value="([^"]*)"/g)];
  return Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value]));
}

/** The step that a page is at. */
export function stepOf({ answer }: Landed): string | undefined {
  return hidden(answer).step;
}

/** The key that a page shows to set an authenticator app up with. */
export function keyOf({ answer }: Landed): string {
  return /data-copy="([A-Z2-7]+)"/.exec(answer.body)?.[1] ?? '';
}
