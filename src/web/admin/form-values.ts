import type { Form } from '../../domain/factor.ts';

// What the fields of a form say, as acts ask for it. Nothing is judged here: that is for the act.

/** Empty is null: a value that is taken away. */
export function textOf(form: Form, name: string): string | null {
  const text = (form[name] ?? '').trim();
  return text === '' ? null : text;
}

/** A box that is ticked. */
export function isTicked(form: Form, name: string): boolean {
  return form[name] === 'on';
}

/** The boxes `<name>.<value>` that are ticked. */
export function ticked<Value extends string>(form: Form, name: string, values: readonly Value[]): Value[] {
  return values.filter((value) => isTicked(form, `${name}.${value}`));
}

/** One on each line of a text area. */
export function linesOf(form: Form, name: string): string[] {
  return (form[name] ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The same, with null for none. */
export function someLinesOf(form: Form, name: string): string[] | null {
  const lines = linesOf(form, name);
  return lines.length === 0 ? null : lines;
}

/** A whole number; what is none stays as it was typed, for the act to refuse. */
export function numberOf(form: Form, name: string): number | string | null {
  const text = textOf(form, name);
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : text;
}

/** The start of a day (UTC) that was picked, in milliseconds since the Unix epoch. */
export function dayOf(form: Form, name: string): number | string | null {
  const text = textOf(form, name);
  if (text === null) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) ? text : at;
}

/** A text in each language it was written in. */
export function proseOf(form: Form, name: string): { en?: string; nl?: string } {
  const [en, nl] = [textOf(form, `${name}.en`), textOf(form, `${name}.nl`)];
  return { ...(en !== null && { en }), ...(nl !== null && { nl }) };
}
