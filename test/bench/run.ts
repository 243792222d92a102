import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { loginCost } from './login-cost.ts';
import { queueing } from './queueing.ts';
import { search } from './search.ts';
import { startTime } from './start-time.ts';
import { table } from './table.ts';
import { throughput } from './throughput.ts';

// `npm run bench`: measures Sluis next to oidc-provider with little around it, and prints a table; `--json FILE` writes it, too.
// A target that is missed is no error: the machine may be busy, or slower than the one that the targets are for.
// `--search` times the search among a million accounts instead: to make those takes minutes.
const { values } = parseArgs({ options: { json: { type: 'string' }, search: { type: 'boolean', default: false } } });
const machine = { node: process.version, processor: cpus()[0]?.model ?? 'unknown', cores: availableParallelism() };

process.stdout.write(`Node ${machine.node}, ${machine.cores} × ${machine.processor}\n\n`);
const figures = values.search
  ? await search()
  : [...(await loginCost()), ...(await throughput()), ...(await queueing()), ...(await startTime())];
process.stdout.write(`${table(figures)}\n`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ machine, figures }, undefined, 2)}\n`);
process.exit();
