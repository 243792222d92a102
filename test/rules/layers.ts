import { posix } from 'node:path';
import type { Span } from 'oxc-parser';
import type { Rule } from './rule.ts';

const ground = ['domain'];
const adapters = ['crypto', 'factors', 'stores', 'delivery', 'oidc'];
const inner = [...ground, ...adapters, 'flows'];
const wiring = [...inner, 'config', 'web', 'system-clock'];

/** What each part of src/ may import besides itself. A part is a folder or a file right under src/. */
const mayImport = new Map<string, readonly string[]>([
  ['domain', []],
  ['system-clock', ground],
  ['config', ground],
  ...adapters.map((part) => [part, ground] as const),
  ['flows', [...ground, ...adapters]],
  ['web', inner],
  ['assembly', wiring],
  ['parts', wiring],
  ['index', [...wiring, 'assembly', 'parts']],
  ['main', [...wiring, 'assembly', 'index']],
  ['demo', [...wiring, 'assembly', 'index', 'main']],
  ['cli', [...wiring, 'assembly', 'index', 'main', 'demo']],
  ['bin', ['cli']],
]);

/** Packages that belong to one part: databases stay behind the ports, and what knows HTTP stays above the rules. */
const homes: readonly { packages: RegExp; parts: readonly string[] }[] = [
  { packages: /^(kysely|libsql|pg|ioredis)(\/|$)/, parts: ['stores'] },
  { packages: /^(koa|koa-\w+|@koa\/\w+)(\/|$)/, parts: ['web', 'oidc', 'parts', 'index', 'main', 'demo', 'cli'] },
  { packages: /^oidc-provider(\/|$)/, parts: ['oidc', 'parts', 'index'] },
  { packages: /^openid-client(\/|$)/, parts: ['demo'] },
];

/** Imports run one way, and what shares a level does not know one another. */
export const layers: Rule = (subject) => {
  if (!subject.path.startsWith('src/')) return {};
  const part = partOf(subject.path);
  if (!mayImport.has(part))
    subject.object({ start: 0 }, `src/${part} has no place in the layers of test/rules/layers.ts`);
  const look = (source: Span & { value?: unknown }) => {
    if (typeof source.value !== 'string') return;
    for (const message of objections(subject.path, source.value)) subject.object(source, message);
  };
  return {
    ImportDeclaration: ({ source }) => look(source),
    ExportAllDeclaration: ({ source }) => look(source),
    ExportNamedDeclaration: ({ source }) => source && look(source),
    ImportExpression: ({ source }) => look(source),
    CallExpression({ callee, arguments: [source] }) {
      if (callee.type === 'Identifier' && callee.name === 'require' && source) look(source);
    },
    TSImportType: ({ source }) => look(source),
  };
};

function objections(path: string, specifier: string): string[] {
  if (!specifier.startsWith('.')) return objectionsToPackage(path, specifier);
  const target = posix.join(posix.dirname(path), specifier);
  if (!target.startsWith('src/')) return [`src imports ${target}, which is not in src`];

  const [part, imported] = [partOf(path), partOf(target)];
  if (imported !== part && !mayImport.get(part)?.includes(imported)) return [`${part} may not import ${imported}`];
  const [factor, other] = [factorOf(path), factorOf(target)];
  if (factor === undefined || other === undefined || factor === other) return [];
  return [`the factor ${factor} may not import the factor ${other}`];
}

function objectionsToPackage(path: string, specifier: string): string[] {
  const part = partOf(path);
  if (part === 'domain') return [`domain imports nothing but itself, not ${specifier}`];
  const home = homes.find(({ packages }) => packages.test(specifier));
  return home === undefined || home.parts.includes(part) ? [] : [`${specifier} belongs in ${home.parts.join(', ')}`];
}

function partOf(path: string): string {
  return (path.split('/')[1] ?? '').replace(/\.\w+$/, '');
}

function factorOf(path: string): string | undefined {
  return /^src\/factors\/([^/]+)\//.exec(path)?.[1];
}
