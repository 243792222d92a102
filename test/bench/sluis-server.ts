import { once } from 'node:events';
import { createServer } from 'node:http';
import { createSluis, parseConfig } from '../../src/index.ts';
import { unhashedAccounts } from './unhashed-accounts.ts';
import { tell, tellUsage } from './usage.ts';

// Sluis as `sluis serve` runs it. SETTINGS are its settings as JSON; without ARGON2=1 it compares passwords instead of hashing them.
tellUsage();
const config = parseConfig(JSON.parse(process.env.SETTINGS ?? ''));
const sluis = await createSluis(config, {
  threadPool: Number(process.env.UV_THREADPOOL_SIZE),
  ...(process.env.ARGON2 !== '1' && { accounts: unhashedAccounts(config) }),
});
const server = createServer(sluis.app.callback()).listen(config.port, config.host);
await once(server, 'listening');
tell({ listening: config.issuer });
