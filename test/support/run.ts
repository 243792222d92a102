import { fileURLToPath } from 'node:url';
import { longestFirst } from './files-by-length.ts';
import { program } from './program.ts';
import { runFiles } from './run-files.ts';
import { runSideBySide } from './run-side-by-side.ts';
import { testFiles } from './test-files.ts';

// `npm test` runs every test; `npm test -- journeys/step-up crypto` those whose path contains one of the words.
const root = fileURLToPath(new URL('../../../', import.meta.url));
const compiled = fileURLToPath(new URL('../', import.meta.url));
const filters = process.argv.slice(2);
const files = testFiles({ sources: `${root}/test`, compiled, filters });
if (filters.length > 0) await runFiles(files);

// Before there are two who would install them at once.
for (const [name, debianPackage] of [
  ['postgres', 'postgresql'],
  ['redis-server', 'redis-server'],
  ['chromium', 'chromium'],
] as const) {
  program(name, debianPackage);
}
// Half of the time a test waits, for a browser or a database: another one can work meanwhile.
await runSideBySide(longestFirst(files), 2);
