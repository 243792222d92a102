import { fileURLToPath } from 'node:url';
import { runFiles } from './run-files.ts';
import { testFiles } from './test-files.ts';

// `npm test` runs every test; `npm test -- journeys/step-up crypto` those whose path contains one of the words.
const root = fileURLToPath(new URL('../../../', import.meta.url));
const compiled = fileURLToPath(new URL('../', import.meta.url));
await runFiles(testFiles({ sources: `${root}/test`, compiled, filters: process.argv.slice(2) }));
