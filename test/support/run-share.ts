import { runFiles } from './run-files.ts';

// What `runSideBySide` starts, once for each share of the tests.
await runFiles(process.argv.slice(2));
