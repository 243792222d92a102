/** What takes the place of the names in a template: `{to}`, `{text}` … */
export type Values = Readonly<Record<string, string>>;

/** JSON whose texts are templates. */
export type Template = string | number | boolean | null | readonly Template[] | { readonly [key: string]: Template };

/**
 * Puts values into a template, in one pass: what looks like a name inside a value stays as it is.
 * @param encode makes a value harmless where it goes
 */
export function fill(template: string, values: Values, encode: (value: string) => string = String): string {
  return template.replace(/\{(\w+)\}/g, (whole, name) =>
    Object.hasOwn(values, name) ? encode(values[name] ?? '') : whole,
  );
}

/** The same for every text inside, names of members excepted. The structure stands before any value gets into it. */
export function fillAll(template: Template, values: Values): Template {
  if (typeof template === 'string') return fill(template, values);
  if (typeof template !== 'object' || template === null) return template;
  if (isList(template)) return template.map((item) => fillAll(item, values));
  return Object.fromEntries(Object.entries(template).map(([name, value]) => [name, fillAll(value, values)]));
}

function isList(template: Template): template is readonly Template[] {
  return Array.isArray(template);
}
