/** A browser as far as redirects and cookies go. */
export class CookieBrowser {
  readonly #cookies = new Map<string, { readonly value: string; readonly path: string; readonly lasting: boolean }>();

  /** Names of the cookies it holds. */
  get cookies(): readonly string[] {
    return [...this.#cookies.keys()];
  }

  /** Those that it keeps when it is closed. */
  get lasting(): readonly string[] {
    return [...this.#cookies].filter(([, { lasting }]) => lasting).map(([name]) => name);
  }

  /** One request, redirects not followed. */
  async fetch(address: string | URL, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address);
    const headers = new Headers(init.headers);
    headers.set('cookie', this.#cookiesFor(url.pathname));
    headers.set('accept', 'text/html');
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.#keep(line, url.pathname);
    return response;
  }

  /** Follows redirects on this host; answers the first address elsewhere, or the page that it ends on. */
  async go(address: string | URL): Promise<{ readonly url: URL; readonly response?: Response }> {
    let url = new URL(address);
    for (let hops = 0; hops < 12; hops += 1) {
      const response = await this.fetch(url);
      const location = response.headers.get('location');
      if (location === null) return { url, response };
      const next = new URL(location, url);
      if (next.host !== url.host) return { url: next };
      url = next;
    }
    throw new Error(`still redirecting at ${url.pathname}`);
  }

  /** Fills in the one form of a page and posts it. */
  async post(page: Response, fields: Readonly<Record<string, string>>): Promise<Response> {
    const html = await page.text();
    const action = /<form[^>]* action="([^"]+)"/.exec(html)?.[1];
    if (action === undefined) throw new Error(`no form in ${html}`);
    const hidden = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
    const body = new URLSearchParams(Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value])));
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return this.fetch(action, { method: 'POST', body });
  }

  #cookiesFor(path: string): string {
    const sent = [...this.#cookies].filter(([, cookie]) => path.startsWith(cookie.path));
    return sent.map(([name, { value }]) => `${name}=${value}`).join('; ');
  }

  #keep(line: string, requested: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const [name = '', value = ''] = pair.split('=');
    const path = attributes.find((attribute) => attribute.startsWith('path='))?.slice('path='.length) ?? requested;
    if (value === '') this.#cookies.delete(name);
    else this.#cookies.set(name, { value, path, lasting: /; expires=/i.test(line) });
  }
}
