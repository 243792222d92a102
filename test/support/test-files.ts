import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The compiled test files whose path contains one of `filters`, in alphabetical order; all of them without filters.
 * It goes by the sources: a compiled file whose source was deleted does not run.
 */
export function testFiles(where: { sources: string; compiled: string; filters: readonly string[] }): string[] {
  const { sources, compiled, filters } = where;
  const wanted = filters.map((filter) => filter.replace(/^(\.\/)?test\//, '').replace(/(\.test)?\.[jt]s$/, ''));
  return readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => path.replace(/\.ts$/, ''))
    .filter((path) => wanted.length === 0 || wanted.some((part) => path.includes(part)))
    .sort()
    .map((path) => join(compiled, `${path}.js`));
}
