import { PassThrough } from 'node:stream';
import { explain } from '../../src/cli/explain.ts';
import { createProgram } from '../../src/cli/program.ts';
import type { RunningIdentityProvider } from '../support/identity-provider.ts';

/** The command line on the stores of a running Sluis. In this process: to start one for each command takes long. */
export function commandLineOf(idp: RunningIdentityProvider, more: Readonly<Record<string, string>> = {}) {
  const { database } = idp.settings as { readonly database: { readonly url: string } };
  const environment = {
    ISSUER: idp.issuer,
    DATABASE_URL: database.url,
    ENCRYPTION_KEYS: 'dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q=',
    ...more,
  };
  const run = async (...args: string[]) => {
    const [out, err] = [new PassThrough(), new PassThrough()];
    const text = (stream: PassThrough) => String(stream.read() ?? '');
    try {
      await createProgram({ environment, out, err }).parseAsync(args, { from: 'user' });
      return { code: 0, out: text(out), err: text(err) };
    } catch (error) {
      const { exitCode, message } = explain(error);
      return { code: exitCode, out: text(out), err: `${text(err)}${message}` };
    }
  };
  return {
    run,
    /** What it answers programs. */
    async json(...args: string[]) {
      const { code, out, err } = await run(...args, '--json');
      if (code !== 0) throw new Error(err);
      return JSON.parse(out);
    },
  };
}
