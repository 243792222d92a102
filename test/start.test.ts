import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { parseSync } from 'oxc-parser';

const sources = fileURLToPath(new URL('../src', import.meta.url));

/** What is read before anything runs: a file, what it imports, what that imports, and the packages of all of them. */
function readWith(entry: string): { readonly files: ReadonlySet<string>; readonly packages: ReadonlySet<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const read = (file: string) => {
    if (files.has(relative(sources, file))) return;
    files.add(relative(sources, file));
    const { module } = parseSync(file, readFileSync(file, 'utf8'));
    const requests = [
      ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
      ...module.staticExports.flatMap(({ entries }) =>
        entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
      ),
    ];
    for (const request of requests) {
      if (request.startsWith('.')) read(resolve(dirname(file), request));
      else packages.add(request);
    }
  };
  read(resolve(sources, entry));
  return { files, packages };
}

describe('a start', () => {
  const { files, packages } = readWith('main.js');

  it('reads what the first sign-in needs', () => {
    expect([...files]).to.include.members(['web/interaction.js', 'oidc/provider.js', 'factors/totp/index.js']);
    expect([...packages]).to.include.members(['koa', 'oidc-provider', 'kysely']);
  });

  it('reads nothing of console, REST API and account page', () => {
    const unneeded = /^(web\/(admin|account|api)|flows\/(administration\/.*\/|account|own-))/;
    expect([...files].filter((file) => unneeded.test(file) && file !== 'web/api/place.js')).to.deep.equal([]);
  });

  it('reads no package that only some deployments or pages need', () => {
    expect([...packages].filter((read) => rare.some((name) => read.startsWith(name)))).to.deep.equal([]);
  });
});

const rare = [
  '@simplewebauthn/server',
  '@zxcvbn-ts/',
  'ioredis',
  'libphonenumber-js',
  'libsql',
  'nodemailer',
  'pg',
  'prom-client',
  'qrcode',
  'smpp',
];
