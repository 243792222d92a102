import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { barePages } from './bare-pages.ts';
import { bareProvider } from './bare-provider.ts';
import { tell, tellUsage } from './usage.ts';

// What Sluis is compared with: oidc-provider with little around it. REDIS_URL names its Redis; without ARGON2=1 a hash costs hardly anything.
tellUsage();
const redis = new Redis(process.env.REDIS_URL ?? '');
const server = createServer().listen(0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const provider = bareProvider(issuer, redis);
provider.use(await barePages({ provider, redis, hashing: process.env.ARGON2 === '1' }));
server.on('request', provider.callback());
tell({ listening: issuer });
