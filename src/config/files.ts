import { readdirSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Load, Util } from 'config/lib/util.js';
import Parser from 'config/parser.js';
import { ConfigError } from './fault.ts';

/** Data alone: of the formats that node-config reads, some are programs. */
const endings = ['json5', 'json'];
const parser = { ...Parser, getFilesOrder: () => endings };

const own = dirname(fileURLToPath(import.meta.resolve('#root/config/default.json5')));

/** Settings as they stand in files, unchecked. */
export type Settings = Record<string, unknown>;

/** The defaults that come with Sluis. */
export function readDefaults(): Settings {
  return readFolder(own, []);
}

/**
 * Reads default, <environment>, local and local-<environment>, in this order, from Sluis's own folder and then from the deployment's.
 * @param environment `production`, `demo`, `test` …
 * @throws {ConfigError} when a folder or file cannot be read
 */
export function readFiles(environment: string, directory: string | undefined): Settings {
  const settings = readFolder(own, [environment]);
  if (directory === undefined) return settings;
  const folder = resolve(directory);
  const names = ['default', environment, 'local', `local-${environment}`];
  if (!filesIn(folder).some((file) => names.includes(file.replace(/\.json5?$/, '')))) {
    throw new ConfigError([{ path: folder, expected: `one of ${names.map((name) => `${name}.json5`).join(', ')}` }]);
  }
  return Util.extendDeep(settings, readFolder(folder, [environment]));
}

/** Which environment variable overrides which setting: the same tree as the settings, with names of variables. */
export function readVariableNames(): Settings {
  const load = new Load({ parser, hostName: '' });
  load.loadFile(resolve(own, 'custom-environment-variables.json5'));
  return load.config;
}

function readFolder(configDir: string, nodeEnv: string[]): Settings {
  const load = new Load({ configDir, nodeEnv, parser, hostName: '' });
  try {
    return Util.loadFileConfigs(load).config;
  } catch (error) {
    throw new ConfigError([unreadable(configDir, error)]);
  }
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((file) => endings.some((ending) => file.endsWith(`.${ending}`)));
  } catch {
    throw new ConfigError([{ path: folder, expected: 'a folder that can be read' }]);
  }
}

/** The parser's own message may quote the file; only the place is taken from it. */
function unreadable(folder: string, error: unknown) {
  const message = error instanceof Error ? error.message : '';
  const file = /[^/\\']+\.json5?(?=')/.exec(message)?.[0];
  const place = / at (\d+:\d+)$/.exec(message)?.[1];
  return {
    path: file === undefined ? folder : resolve(folder, basename(file)),
    expected: `a JSON5 file that can be read${place === undefined ? '' : ` (see line and column ${place})`}`,
  };
}
