import { fileURLToPath } from 'node:url';
import { checkSources } from './index.ts';

// The part of `npm run check` that neither the compiler nor the linter knows.
const findings = checkSources(fileURLToPath(new URL('../../../', import.meta.url)));
for (const { path, line, message } of findings) process.stderr.write(`${path}:${line} ${message}\n`);
process.stdout.write(`${findings.length} objections to the sources\n`);
process.exitCode = findings.length > 0 ? 1 : 0;
