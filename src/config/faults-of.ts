import { z } from 'zod';
import type { Fault } from './fault.ts';
import { nearest } from './nearest.ts';
import { schema, secretSettings } from './schema.ts';

type Path = readonly PropertyKey[];

/** What zod complained of, in terms of settings: one fault a setting, and no secret in any. */
export function faultsOf({ issues }: z.ZodError, plain: unknown): readonly Fault[] {
  const faults = new Map<string, Fault>();
  for (const fault of issues.flatMap((issue) => describe(issue, plain))) {
    if (!faults.has(fault.path)) faults.set(fault.path, fault);
  }
  return [...faults.values()];
}

function describe(issue: z.core.$ZodIssue, plain: unknown): Fault[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownSetting(issue.path, key));
  const path = written(issue.path);
  const expected = issue.path.length === 0 ? 'an object with settings' : issue.message;
  const value = at(plain, issue.path);
  if (value === undefined || isSecret(path)) return [{ path, expected }];
  return [{ path, expected, found: shown(value) }];
}

/** Its value stays unsaid: it may be a secret under a misspelt name. */
function unknownSetting(parent: Path, key: string): Fault {
  const meant = nearest(key, settingsAt(parent));
  const hint = meant === undefined ? '' : ` (did you mean "${meant}"?)`;
  return { path: written([...parent, key]), expected: `nothing of this name${hint}` };
}

function isSecret(path: string): boolean {
  return secretSettings.some(
    (secret) => path === secret || path.startsWith(`${secret}.`) || secret.startsWith(`${path}.`),
  );
}

function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? typeof value;
  return json.length <= 80 ? json : `${json.slice(0, 80)}…`;
}

function written(path: Path): string {
  return path.map(String).join('.') || 'configuration';
}

function at(plain: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => {
    return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  }, plain);
}

function settingsAt(path: Path): readonly string[] {
  const node = path.reduce<unknown>((parent, key) => shapeOf(parent)[String(key)], schema);
  return Object.keys(shapeOf(node));
}

function shapeOf(node: unknown): Readonly<Record<string, unknown>> {
  const inner = node instanceof z.ZodReadonly ? node.unwrap() : node;
  return inner instanceof z.ZodObject ? inner.shape : {};
}
