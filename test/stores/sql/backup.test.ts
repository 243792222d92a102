import { stat, writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { Keyring } from '../../../src/crypto/keyring.ts';
import { backUp } from '../../../src/stores/sql/backup.ts';
import { Database } from '../../../src/stores/sql/database.ts';
import { migrate } from '../../../src/stores/sql/migrate.ts';
import { restore } from '../../../src/stores/sql/restore.ts';
import { SqlSigningKeys } from '../../../src/stores/sql/signing-keys.ts';
import { temporaryDirectory } from '../../support/directory.ts';
import { keyring } from './fixtures.ts';

describe('a backup of SQLite', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  const path = (name: string) => `${directory.path}/${name}`;
  const exists = (name: string) =>
    stat(path(name)).then(
      () => true,
      () => false,
    );
  const put = (from: string, { vault = keyring, force = false } = {}) =>
    restore({ from: path(from), to: path('sluis.db') }, vault, { force }).then(
      () => 'restored',
      ({ message }: Error) => message,
    );

  async function work<Result>(does: (keys: SqlSigningKeys) => Promise<Result>): Promise<Result> {
    const database = new Database(`sqlite:${path('sluis.db')}`);
    await migrate(database);
    return does(new SqlSigningKeys(database, keyring)).finally(() => database.close());
  }
  const add = (keys: SqlSigningKeys, id: string) =>
    keys.add({ id, algorithm: 'ES256', jwk: { kty: 'EC' }, createdAt: 1, signsFrom: 1 });
  const ids = () => work(async (keys) => (await keys.all()).map(({ id }) => id));

  beforeEach(async () => {
    directory = await temporaryDirectory();
  });
  afterEach(() => directory.remove());

  it('is made while somebody uses the file, and holds what there was then', async () => {
    await work(async (keys) => {
      await add(keys, 'one');
      backUp(path('sluis.db'), path('copy.db'));
      expect(() => backUp(path('sluis.db'), path('copy.db')), 'over another one').to.throw('EEXIST');
      await add(keys, 'two');
      expect(await put('copy.db', { force: true })).to.match(/^somebody uses .*sluis.db: stop Sluis first$/);
    });
    expect(((await stat(path('copy.db'))).mode & 0o777).toString(8)).to.equal('600');
    expect(await put('copy.db')).to.match(/is there already: --force/);
    expect(await ids()).to.have.members(['one', 'two']);
    await restore({ from: path('copy.db'), to: path('new.db') }, keyring, { force: false });
    const restored = new Database(`sqlite:${path('new.db')}`);
    const keys = await new SqlSigningKeys(restored, keyring).all();
    await restored.close();
    expect(keys.map(({ id }) => id)).to.deep.equal(['one']);
  });

  it('is refused when it is none, damaged, or of other keys, and nothing is touched', async () => {
    await work((keys) => add(keys, 'one'));
    backUp(path('sluis.db'), path('copy.db'));
    await writeFile(path('words.db'), 'no database, and long enough to be taken for one '.repeat(100));
    await writeFile(path('empty.db'), '');
    expect(await put('words.db', { force: true })).to.equal('the backup is damaged, or no database');
    expect(await put('empty.db', { force: true })).to.equal('the backup is no database of Sluis');
    const vault = new Keyring([Buffer.alloc(32, 9)]);
    expect(await put('copy.db', { vault, force: true })).to.equal(
      'the backup was encrypted with other encryption keys',
    );
    expect(await exists('sluis.db.restoring')).to.equal(false);
    expect(await ids()).to.deep.equal(['one']);
  });
});
