import { type Answer, send } from './send.ts';

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

const UID = /\/[\w-]{21,}$/;

/** Told of every request once it is answered (`GET /interaction/:uid`); what it does comes before the next one. */
export type Watch = (request: string) => Promise<void>;

/** As much of a browser as a sign-in takes: it keeps cookies with their paths, and says where its forms come from. */
export class UserAgent {
  readonly #origin: string;
  readonly #watch: Watch;
  #cookies: readonly Cookie[] = [];
  /** How many requests it made. */
  requests = 0;

  /** @param origin of the server, which is all that it speaks to */
  constructor(origin: string, watch: Watch = async () => {}) {
    this.#origin = origin;
    this.#watch = watch;
  }

  get(to: URL | string): Promise<Answer> {
    return this.#send(to);
  }

  post(to: URL | string, fields: Record<string, string>): Promise<Answer> {
    return this.#send(to, fields);
  }

  async #send(to: URL | string, fields?: Record<string, string>): Promise<Answer> {
    this.requests += 1;
    const url = new URL(to, this.#origin);
    const headers = {
      accept: 'text/html',
      cookie: this.#cookiesFor(url.pathname),
      ...(fields && { origin: this.#origin }),
    };
    const answer = await send(url, headers, fields);
    this.#keep([answer.headers['set-cookie'] ?? []].flat());
    await this.#watch(`${fields === undefined ? 'GET' : 'POST'} ${url.pathname.replace(UID, '/:uid')}`);
    return answer;
  }

  #cookiesFor(path: string): string {
    return this.#cookies
      .filter((cookie) => path === cookie.path || path.startsWith(cookie.path.replace(/\/?$/, '/')))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  #keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [[name, value] = ['', ''], ...attributes] = line.split(/;\s*/).map(splitOnce);
      const given = new Map(attributes.map(([key, said]) => [key.toLowerCase(), said]));
      const path = given.get('path') ?? '/';
      const others = this.#cookies.filter((cookie) => cookie.name !== name || cookie.path !== path);
      const expired = Date.parse(given.get('expires') ?? '') < Date.now();
      this.#cookies = expired ? others : [...others, { name, value, path }];
    }
  }
}

function splitOnce(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
