#!/usr/bin/env node
// CommonJS, because the size of libuv's pool must be set before its first use, and on Node 20 reading an ES module is one.
const { availableParallelism } = process.getBuiltinModule('node:os');

// Password hashing keeps a thread per processor busy; two more let a signature through meanwhile.
process.env.UV_THREADPOOL_SIZE ??= String(Math.max(4, availableParallelism() + 2));

import('./cli.ts');
