import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { temporaryDirectory } from '../support/directory.ts';
import { sluis } from './sluis.ts';

describe('sluis backup and restore', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  const key = randomBytes(32).toString('base64');
  const run = (url: string, ...args: string[]) => {
    const environment = { ISSUER: 'https://id.example.com', ENCRYPTION_KEYS: key, DATABASE_URL: url };
    return sluis({ args, directory: directory.path, environment });
  };

  before(async () => {
    directory = await temporaryDirectory();
  });
  after(() => directory.remove());

  it('copies the file, and puts the copy elsewhere', async () => {
    await run('sqlite:sluis.db', 'migrate');
    const copied = await run('sqlite:sluis.db', 'backup', 'copy.db');
    expect(copied.out).to.include('worth nothing without the encryption keys');
    expect(await run('sqlite:new.db', 'restore', 'copy.db')).to.deep.include({ code: 0, out: 'Restored to new.db.\n' });
  });

  it('replaces a file when that is meant', async () => {
    const replaced = await run('sqlite:new.db', 'restore', 'copy.db', '--force');
    expect(replaced).to.deep.include({ code: 0, out: 'Restored to new.db.\n' });
    expect((await run('sqlite:new.db', 'migrate')).out).to.equal('The tables are up to date.\n');
  });

  it('leaves PostgreSQL to its own tools', async () => {
    const { code, err } = await run('postgres://127.0.0.1:1/sluis', 'backup', 'other.db');
    expect(code).to.equal(1);
    expect(err).to.include('use pg_dump');
  });
});
