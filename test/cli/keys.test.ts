import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { createProgram } from '../../src/cli/program.ts';
import { temporaryDirectory } from '../support/directory.ts';

describe('sluis keys', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let environment: Record<string, string>;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    environment = {
      ISSUER: 'https://id.example.com',
      ENCRYPTION_KEYS: randomBytes(32).toString('base64'),
      DATABASE_URL: `sqlite:${directory.path}/sluis.db`,
    };
  });
  afterEach(() => directory.remove());

  /** What it prints. Rejects with what goes wrong. */
  async function keys(...args: readonly string[]): Promise<string> {
    const [out, err] = [new PassThrough({ encoding: 'utf8' }), new PassThrough()];
    await createProgram({ environment, out, err }).parseAsync(['node', 'sluis', 'keys', ...args]);
    return out.read() ?? '';
  }

  const json = async (...args: readonly string[]) => JSON.parse(await keys(...args, '--json'));

  const fault = (...args: readonly string[]) =>
    keys(...args).then(
      () => 'none',
      (error: Error) => error.message,
    );

  /** Without times, which nobody can know here. */
  const states = async () =>
    (await json('list')).map(({ id, algorithm, state }: Record<string, string>) => `${id} ${algorithm} ${state}`);

  it('makes the next key, one at a time, and lists what each does', async () => {
    expect(await keys('list')).to.include('no signing key yet');
    const [first] = (await keys('rotate')).split(' ');
    const second = await json('rotate');
    expect(Date.parse(second.signsFrom) - Date.parse(second.publishedAt)).to.equal(3_600_000);
    expect(await fault('rotate')).to.include('another key waits to sign');
    const [third] = (await keys('rotate', '--algorithm', 'RS256')).split(' ');
    const expected = [`${second.id} ES256 waiting`, `${first} ES256 signing`, `${third} RS256 signing`];
    expect(await states()).to.deep.equal(expected);
    const lines = (await keys('list')).trimEnd().split('\n');
    expect(lines[0]).to.equal(`${second.id}  ES256  waiting    from ${second.signsFrom}`);
    expect(lines[1]).to.match(/signing {4}from \S+Z {2}until \S+Z$/);
  });

  it('has another one sign at once, and then withdraws what leaked, when that is confirmed', async () => {
    const [leaked = ''] = (await keys('rotate')).split(' ');
    expect(await fault('withdraw', leaked, '--yes')).to.include('this key signs');
    const [next] = (await keys('rotate', '--now')).split(' ');
    expect(await states()).to.deep.equal([`${next} ES256 signing`, `${leaked} ES256 verifying`]);
    expect(await fault('withdraw', leaked)).to.include('Say --yes.');
    expect(await keys('withdraw', leaked, '--yes')).to.equal(`${leaked}  withdrawn\n`);
    expect(await states()).to.deep.equal([`${next} ES256 signing`]);
    expect(await fault('withdraw', leaked, '--yes')).to.include('no key has this id');
  });
});
