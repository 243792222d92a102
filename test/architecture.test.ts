import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { checkSources, rules } from './rules/index.ts';
import { check } from './rules/rule.ts';

const long = 'export {};\n'.repeat(221);

/** What must be objected to: where, what, and a part of the objection. */
const bad: readonly [path: string, text: string, objection: string][] = [
  ['src/domain/a.ts', "import { a } from '../flows/a.ts';", 'domain may not import flows'],
  ['src/domain/a.ts', "import { join } from 'node:path';", 'domain imports nothing but itself'],
  ['src/stores/a.ts', "import type { A } from '../crypto/a.ts';", 'stores may not import crypto'],
  ['src/factors/a.ts', "export * from '../delivery/a.ts';", 'factors may not import delivery'],
  ['src/oidc/a.ts', "export { a } from '../stores/redis/a.ts';", 'oidc may not import stores'],
  ['src/delivery/a.ts', "await import('../web/a.ts');", 'delivery may not import web'],
  ['src/crypto/a.ts', "type A = import('../factors/a.ts').A;", 'crypto may not import factors'],
  ['src/flows/sign-in/a.ts', "import { a } from '../../web/a.ts';", 'flows may not import web'],
  ['src/web/a.ts', "import { a } from '../index.ts';", 'web may not import index'],
  ['src/web/a.ts', "import { a } from '../cli/a.ts';", 'web may not import cli'],
  ['src/index.ts', "import { a } from './main.ts';", 'index may not import main'],
  ['src/factors/totp/index.ts', "import { a } from '../sms/a.ts';", 'the factor totp may not import the factor sms'],
  ['src/web/a.ts', "import { a } from '../../test/support/clock.ts';", 'not in src'],
  ['src/extra/a.ts', 'export {};', 'src/extra has no place'],
  ['src/flows/a.ts', "import { sql } from 'kysely';", 'kysely belongs in stores'],
  ['src/web/a.ts', "import { Redis } from 'ioredis';", 'ioredis belongs in stores'],
  ['src/web/a.ts', "const pg = require('pg');", 'pg belongs in stores'],
  ['src/flows/a.ts', "import type { Context } from 'koa';", 'koa belongs in web'],
  ['src/web/a.ts', "import { Provider } from 'oidc-provider';", 'oidc-provider belongs in oidc'],
  ['src/flows/a.ts', 'export const a = (ctx: object) => ctx;', 'ctx stays in web and oidc'],
  ['src/web/a.ts', 'export const a = process.env.HOME;', 'process.env is read in'],
  ['src/web/a.ts', 'export const { env } = process;', 'taking process apart'],
  ['src/web/a.ts', "import { env } from 'node:process';", 'process is a global'],
  ['src/web/a.ts', 'export const a = Date.now();', 'from a Clock, not Date.now'],
  ['src/web/a.ts', 'export const a = Date.now;', 'from a Clock, not Date.now'],
  ['src/web/a.ts', 'export const a = new Date();', 'from a Clock, not new Date()'],
  ['src/web/a.ts', 'export const a = Date();', 'from a Clock, not Date()'],
  ['src/web/a.ts', 'export const a = (b: any) => b;', 'no any'],
  ['test/a.test.ts', 'export const a = b as any;', 'no any'],
  ['src/web/a.ts', 'export const a = b!.c;', 'no non-null'],
  ['src/web/a.ts', 'export class A { b!: string }', 'no definite assignment'],
  ['src/web/a.ts', 'let a!: string;', 'no definite assignment'],
  ['src/web/a.ts', '// @ts-expect-error\nexport {};', 'no @ts- comment'],
  ['test/a.test.ts', '/* @ts-nocheck */', 'no @ts- comment'],
  ['src/web/a.ts', '// biome-ignore lint: because\nexport {};', 'no biome-ignore'],
  ['src/web/utils/a.ts', 'export {};', 'the name utils'],
  ['src/web/helpers.ts', 'export {};', 'the name helpers'],
  ['src/domain/types.ts', 'export {};', 'the name types'],
  ['test/support/common.ts', 'export {};', 'the name common'],
  ['src/flows/session-manager.ts', 'export {};', 'the name session-manager'],
  ['src/flows/a.ts', 'export class SessionManager {}', 'the name SessionManager'],
  ['src/flows/a.ts', 'export interface MailService {}', 'the name MailService'],
  ['src/flows/a.ts', 'export type IClock = object;', 'the name IClock'],
  ['src/flows/a.ts', 'export abstract class Flow {}', 'no base classes'],
  ['src/flows/a.ts', 'export class SignIn extends Flow {}', 'no base classes'],
  ['src/flows/a.ts', 'export function a(b: 1, c: 2, d: 3, e: 4) {}', 'more than 3 positional'],
  ['src/flows/a.ts', 'export const a = (b: 1, c: 2, d: 3, e: 4) => {};', 'more than 3 positional'],
  ['src/domain/a.ts', 'export interface A { b(c: 1, d: 2, e: 3, f: 4): void }', 'more than 3 positional'],
  ['src/flows/a.ts', long, '221 lines'],
  ['src/flows/a.ts', "export const a = 'totp';", 'names a factor'],
  ['src/web/a.ts', "if (b === 'recovery-code') c();", 'names a factor'],
  ['src/web/a.ts', "switch (b) { case 'sms': c(); }", 'names a factor'],
  ['src/oidc/a.ts', 'export const a = ["security-key"];', 'names a factor'],
  ['src/flows/a.ts', 'export const a = `push`;', 'names a factor'],
  ['src/flows/a.ts', "export const a = 'enrol:totp';", 'names a factor'],
  ['src/flows/a.ts', 'export const = ;', 'Unexpected token'],
];

/** What looks alike and is right. */
const good: readonly [path: string, text: string][] = [
  ['src/domain/a.ts', "import { b } from './b.ts';"],
  ['src/stores/redis/a.ts', "import { Redis } from 'ioredis'; import type { Logins } from '../../domain/ports.ts';"],
  ['src/flows/a.ts', "import { b } from '../domain/b.ts'; import { c } from './sign-in/c.ts';"],
  ['src/factors/index.ts', "import { totp } from './totp/index.ts'; import { sms } from './sms/index.ts';"],
  ['src/factors/totp/index.ts', "import { digits } from '../digits.ts'; export const name = 'totp';"],
  [
    'src/index.ts',
    "import { a } from './web/a.ts'; import { b } from './stores/redis/b.ts'; import { c } from './config.ts';",
  ],
  ['src/config.ts', "export const a = process.env.HOME; export const b = ['totp', 'sms'];"],
  ['src/config/schema.ts', "export const a = ['totp', 'recovery-code'];"],
  ['src/bin.cts', 'process.env.A ??= "1";'],
  ['src/system-clock.ts', 'export const now = () => Date.now();'],
  ['src/web/a.ts', 'export const a = new Date(0); export const b = (ctx: object) => ctx; // any totp!'],
  ['src/flows/a.ts', "export class Busy extends Error {} export const a = 'wrong code: totp or sms';"],
  ['src/flows/a.ts', 'export interface Types {}\nexport const b = (c: 1, d: 2, e: 3) => c;'],
  ['src/flows/a.ts', 'export {};\n'.repeat(220)],
  [
    'test/a.test.ts',
    "import { totp } from '../src/factors/totp/index.ts'; const a = [Date.now(), process.env.A, 'totp'];",
  ],
];

describe('the architecture', () => {
  for (const [path, text, objection] of bad) {
    it(`objects to ${path}: ${text === long ? 'a long file' : text}`, () => {
      const messages = check({ path, text }, rules).map(({ message }) => message);
      expect(messages.join('\n')).to.include(objection);
    });
  }

  for (const [path, text] of good) {
    it(`accepts ${path}: ${text.slice(0, 100).trim()}`, () => {
      expect(check({ path, text }, rules)).to.deep.equal([]);
    });
  }

  it('names the line', () => {
    expect(check({ path: 'src/web/a.ts', text: '\n\nlet a: any;' }, rules)).to.deep.equal([
      { path: 'src/web/a.ts', line: 3, message: 'no any' },
    ]);
  });

  it('is kept by the sources', () => {
    const root = fileURLToPath(new URL('../../', import.meta.url));
    expect(checkSources(root).map(({ path, line, message }) => `${path}:${line} ${message}`)).to.deep.equal([]);
  });
});
