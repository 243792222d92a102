#!/usr/bin/env node
// CommonJS, because the size of libuv's pool must be set before its first use, and on Node 20 reading an ES module is one.
const { join } = process.getBuiltinModule('node:path');
const { availableParallelism } = process.getBuiltinModule('node:os');
const modules: Modules = process.getBuiltinModule('node:module');

// Password hashing keeps a thread per processor busy; two more let a signature through meanwhile.
process.env.UV_THREADPOOL_SIZE ??= String(Math.max(4, availableParallelism() + 2));

// What is compiled is kept for the next start, beside the program: whoever may write there may change the program itself, which is not
// so of the folder for everybody's temporary files. Where this process may not write, nothing is kept.
modules.enableCompileCache?.(join(__dirname, '../compiled'));

import('./cli.ts');

/** Node 20 does not keep what it compiles. */
type Modules = typeof import('node:module') & { enableCompileCache?(directory: string): unknown };
