import { Util } from 'config/lib/util.js';
import { type Environment, fromEnvironment } from './environment.ts';
import { ConfigError, type Fault } from './fault.ts';
import { readFiles, readVariableNames } from './files.ts';
import { type Config, checkConfig } from './parse.ts';

/** Where to look for settings. */
export interface Sources {
  /** The deployment's own folder, laid over Sluis's; by default the one that SLUIS_CONFIG_DIR names. */
  readonly directory?: string | undefined;
  readonly environment: Environment;
  /** Run as a demonstration: reads demo.json5 and accepts its public key, unless NODE_ENV is `production`. */
  readonly demo?: boolean;
}

/**
 * Reads the configuration: the files of both folders that NODE_ENV selects (`production` by default), then environment variables.
 * @throws {ConfigError} with everything that is wrong
 */
export function loadConfig({ directory, environment, demo = false }: Sources): Config {
  const name = demo ? 'demo' : environment.NODE_ENV || 'production';
  const files = readFiles(name, directory ?? (environment.SLUIS_CONFIG_DIR || undefined));
  const { settings, sources, faults } = fromEnvironment(readVariableNames(), environment);
  const checked = checkConfig(Util.extendDeep(files, settings), {
    demo: demo && environment.NODE_ENV !== 'production',
  });
  if ('config' in checked && faults.length === 0) return checked.config;

  const unread = new Set(faults.map(({ path }) => path));
  const others = 'faults' in checked ? checked.faults.map((fault) => withSource(fault, sources)) : [];
  throw new ConfigError([
    ...faults,
    ...others.filter(({ source }) => !unread.has(source ?? '')).map(({ fault }) => fault),
  ]);
}

/** Names the variable that a wrong value came from. */
function withSource(fault: Fault, sources: ReadonlyMap<string, string>) {
  const [, source] = [...sources].find(([path]) => fault.path === path || fault.path.startsWith(`${path}.`)) ?? [];
  return { source, fault: source === undefined ? fault : { ...fault, path: `${fault.path} (${source})` } };
}
