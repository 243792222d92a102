/** A browser as far as these tests need one: keeps cookies of one host and follows redirects. */
export class Surfer {
  readonly #cookies = new Map<string, string>();
  /** Where it is. */
  url = '';

  async get(url: string): Promise<string> {
    return this.#go(url, { method: 'GET' });
  }

  /** Posts a form of the page at `url`'s own origin, unless `origin` says otherwise. */
  async post(
    url: string,
    fields: Readonly<Record<string, string>> = {},
    origin = new URL(url).origin,
  ): Promise<string> {
    return this.#go(url, { method: 'POST', body: new URLSearchParams(fields), headers: { origin } });
  }

  /** Value of a cookie. */
  cookie(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  async #go(url: string, { headers, ...init }: RequestInit): Promise<string> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, headers: { ...headers, cookie }, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
    this.url = url;
    const location = response.headers.get('location');
    if (location === null) return `${response.status}\n${await response.text()}`;
    await response.body?.cancel();
    return this.#go(new URL(location, url).href, { method: 'GET' });
  }
}
