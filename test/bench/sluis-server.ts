import { once } from 'node:events';
import { createServer } from 'node:http';
import { createSluis, parseConfig } from '../../src/index.ts';
import { lowerPoolPriority } from '../../src/main/pool-priority.ts';
import { withHashing } from './hash-costs.ts';
import { tell, tellUsage } from './usage.ts';

// Sluis as `sluis serve` runs it. SETTINGS are its settings as JSON; without ARGON2=1 a hash costs hardly anything.
tellUsage();
const config = withHashing(parseConfig(JSON.parse(process.env.SETTINGS ?? '')), process.env.ARGON2 === '1');
const threadPool = Number(process.env.UV_THREADPOOL_SIZE);
await lowerPoolPriority(threadPool);
const sluis = await createSluis(config, { threadPool });
const server = createServer(sluis.app.callback()).listen(config.port, config.host);
await once(server, 'listening');
tell({ listening: config.issuer });
