/** A form, and what a browser would send with it if nobody touched it and pressed Enter. */
export interface PageForm {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Names of the fields that a person fills in. */
  readonly open: readonly string[];
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The first form of a page that has one of the fields to fill in. */
export function formWith(html: string, fillable: ReadonlySet<string>): PageForm | undefined {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)]
    .map(([, attributes = '', content = '']) => readForm(attributes, content))
    .find(({ open }) => open.some((name) => fillable.has(name)));
}

/** Where the page sends its reader by itself. */
export function refreshOf(html: string): string | undefined {
  const url = /<meta http-equiv="refresh" content="\d+;\s*url=([^"]+)"/.exec(html)?.[1];
  return url === undefined ? undefined : plain(url);
}

function readForm(attributes: string, content: string): PageForm {
  const inputs = [...content.matchAll(/<input\b([^>]*)>/g)].map(([, given = '']) => read(given));
  const hidden = inputs.filter(({ type }) => type === 'hidden');
  const button = /<button\b([^>]*)>/.exec(content)?.[1];
  const sent = button === undefined ? hidden : [...hidden, read(button)];
  return {
    action: read(attributes).action ?? '',
    fields: Object.fromEntries(sent.flatMap(({ name, value = '' }) => (name === undefined ? [] : [[name, value]]))),
    open: inputs.flatMap(({ type, name }) =>
      type === 'hidden' || type === 'checkbox' || name === undefined ? [] : [name],
    ),
  };
}

function read(attributes: string): Partial<Record<string, string>> {
  const pairs = [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)];
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, plain(value)]));
}

function plain(text: string): string {
  return text.replace(/&(#?\w+);/g, (all, name: string) => entities[name] ?? all);
}
