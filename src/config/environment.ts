import { readFileSync } from 'node:fs';
import type { Fault } from './fault.ts';
import type { Settings } from './files.ts';
import { secretSettings } from './schema.ts';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The settings that environment variables give, and where each came from. */
export interface FromEnvironment {
  readonly settings: Settings;
  /** Path of a setting to the name of its variable. */
  readonly sources: ReadonlyMap<string, string>;
  readonly faults: readonly Fault[];
}

/**
 * Takes settings from the environment. An empty variable counts as absent.
 * A secret setting may be in a file that `<NAME>_FILE` names instead; one line break at its end does not belong to it.
 * @param names the tree of settings with names of variables
 */
export function fromEnvironment(names: Settings, environment: Environment): FromEnvironment {
  const sources = new Map<string, string>();
  const faults: Fault[] = [];

  function read(tree: Settings, parent: string): Settings {
    const settings: Settings = {};
    for (const [key, name] of Object.entries(tree)) {
      const path = parent === '' ? key : `${parent}.${key}`;
      const value = typeof name === 'string' ? readVariable(path, name) : read({ ...Object(name) }, path);
      // A section of which nothing is said must stay absent: some are optional as a whole.
      if (value !== undefined && !isEmpty(value)) settings[key] = value;
    }
    return settings;
  }

  function readVariable(path: string, name: string): string | undefined {
    const file = secretSettings.includes(path) ? environment[`${name}_FILE`] : undefined;
    const value = environment[name] || undefined;
    if (!file) {
      if (value !== undefined) sources.set(path, name);
      return value;
    }
    sources.set(path, `${name}_FILE`);
    if (value !== undefined) faults.push({ path: name, expected: `either ${name} or ${name}_FILE, not both` });
    try {
      return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch {
      faults.push({ path: `${name}_FILE`, expected: 'the path of a file that can be read' });
      return undefined;
    }
  }

  return { settings: read(names, ''), sources, faults };
}

function isEmpty(value: string | Settings): boolean {
  return typeof value === 'object' && Object.keys(value).length === 0;
}
