import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { temporaryDirectory } from '../support/directory.ts';
import { type Ended, sluis } from './sluis.ts';

const example = fileURLToPath(import.meta.resolve('#root/config/import.example.jsonl'));
const key = () => randomBytes(32).toString('base64');

describe('sluis', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let environment: Record<string, string>;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    environment = { ISSUER: 'https://id.example.com', ENCRYPTION_KEYS: key() };
  });
  afterEach(() => directory.remove());

  const run = (...args: string[]): Promise<Ended> => sluis({ args, directory: directory.path, environment });
  const write = async (name: string, text: string) => writeFile(join(directory.path, name), text);

  /** Failed as expected: nothing on stdout, no stack. */
  function expectFailure({ code, out, err }: Ended, expected: number, message: string | RegExp): void {
    expect(err).to.match(typeof message === 'string' ? new RegExp(message.replace(/[.[\]()]/g, '\\$&')) : message);
    expect(err).to.not.match(/^\s+at /m);
    expect(out).to.equal('');
    expect(code).to.equal(expected);
  }

  it('explains itself, with examples', async () => {
    const { code, out } = await run('--help');
    expect(code).to.equal(0);
    for (const command of ['serve', 'demo', 'migrate', 'import', 'invite', 'account', 'keys|key'])
      expect(out).to.include(`  ${command} `);
    expect(out).to.include('sluis import people.jsonl --dry-run');
  });

  it('says its version', async () => {
    expect((await run('--version')).out).to.match(/^\d+\.\d+\.\d+\n$/);
  });

  for (const args of [[], ['serv'], ['import'], ['keys', 'rotate', '--algorithm', 'HS256'], ['migrate', '--now']]) {
    it(`ends with 64 for "sluis ${args.join(' ')}"`, async () => {
      expectFailure(await run(...args), 64, /error:|Usage:/);
    });
  }

  describe('with a configuration that cannot be used', () => {
    for (const args of [['serve'], ['migrate'], ['import', example], ['keys', 'list']]) {
      it(`ends "sluis ${args[0]}" with 78 and every fault`, async () => {
        environment = { PORT: 'eighty', ENCRYPTION_KEYS: 'hush' };
        const ended = await run(...args);
        expectFailure(ended, 78, 'issuer: expected an https URL');
        expect(ended.err).to.include('port (PORT): expected a whole number from 1 to 65535, found "eighty"');
        expect(ended.err).to.include('encryptionKeys.0 (ENCRYPTION_KEYS): expected 32 random bytes');
        expect(ended.err).to.not.include('hush');
      });
    }

    it('refuses the folder that --config names when it is not there', async () => {
      expectFailure(await run('serve', '--config', 'nowhere'), 78, 'nowhere: expected a folder that can be read');
    });

    it('refuses the key of the demonstration', async () => {
      const { encryptionKeys } = JSON.parse(
        JSON.stringify({ encryptionKeys: Buffer.from('sluis-demo-key-never-production!').toString('base64') }),
      );
      environment = { ...environment, ENCRYPTION_KEYS: encryptionKeys };
      expectFailure(await run('serve'), 78, 'not the public one of the demonstration');
      environment = { NODE_ENV: 'production' };
      expectFailure(await run('serve', '--demo'), 78, 'not the public one of the demonstration');
    });
  });

  describe('with stores that cannot be used', () => {
    it('names a folder that cannot be written to', async () => {
      await write('file', '');
      environment = { ...environment, DATABASE_URL: 'sqlite:file/sluis.db' };
      expectFailure(await run('migrate'), 1, /Cannot be reached or used: .*file/);
    });

    it('names a database that does not answer, and not its password', async () => {
      environment = { ...environment, DATABASE_URL: 'postgres://me:hush@127.0.0.1:1/sluis' };
      const ended = await run('migrate');
      expectFailure(ended, 1, 'Cannot be reached or used: connect ECONNREFUSED 127.0.0.1:1');
      expect(ended.err).to.not.include('hush');
    });
  });

  it('migrates, and is done the second time', async () => {
    expect((await run('migrate')).out).to.match(/^Done: 0001-tables/);
    expect(await run('migrate')).to.deep.equal({ code: 0, out: 'The tables are up to date.\n', err: '' });
  });

  describe('import', () => {
    it('imports a file, once', async () => {
      const first = await run('import', example);
      expect(first.code).to.equal(0);
      expect(first.out).to.include('Added: 2 organizations, 5 accounts, 3 clients');
      expect(first.err).to.equal('Checking …\nHashing passwords …\nWriting …\n');
      expect((await run('import', example)).out).to.equal(
        'Added: 0 organizations, 0 accounts, 0 clients\n' +
          'There already, left as they are: 2 organizations, 5 accounts, 3 clients\n',
      );
    });

    it('writes nothing with --dry-run', async () => {
      expect((await run('import', example, '--dry-run')).out).to.include('Would add: 2 organizations');
      expect((await run('import', example, '--dry-run')).out).to.include('Would add: 2 organizations');
    });

    it('names each bad line with its number and reason', async () => {
      await write('people.jsonl', '{"type":"account","username":"anna"}\n\n{"type":"account","email":"a"}\nno\n');
      const ended = await run('import', 'people.jsonl');
      expectFailure(ended, 1, 'Nothing was imported.');
      expect(ended.err).to.include('people.jsonl:3: username: is missing [missing]\n');
      expect(ended.err).to.include('people.jsonl:3: email: is not what it should be [malformed]\n');
      expect(ended.err).to.include('people.jsonl:4: not JSON [not-json]\n');
    });

    it('names a file that is not there', async () => {
      expectFailure(await run('import', 'nobody.jsonl'), 1, 'no such file or directory');
    });

    it('names a folder', async () => {
      expectFailure(await run('import', '.'), 1, 'EISDIR');
    });
  });

  describe('keys', () => {
    it('moves what is stored to the first encryption key', async () => {
      const [old, young] = [environment.ENCRYPTION_KEYS ?? '', key()];
      await run('import', example);
      environment = { ...environment, ENCRYPTION_KEYS: `${young},${old}` };
      // Two clients with a secret; two phone numbers and a key of U2F (each as what it proves, and to be found by); two authenticator apps.
      expect((await run('keys', 'reencrypt')).out).to.equal('10 moved to the first encryption key\n');
      expect((await run('keys', 'reencrypt')).out).to.equal('0 moved to the first encryption key\n');
      environment = { ...environment, ENCRYPTION_KEYS: key() };
      const lost = await run('keys', 'reencrypt');
      expect(lost.code).to.equal(1);
      expect(lost.err).to.include('10 are encrypted with none of the keys');
    });
  });

  describe('invite', () => {
    const people = [
      { type: 'organization', code: 'SLUIS', name: 'Sluis' },
      { type: 'account', organization: 'SLUIS', username: 'noor', email: 'noor@example.com' },
      { type: 'account', organization: 'SLUIS', username: 'teun', email: 'teun@example.com', password: 'long enough' },
      { type: 'account', organization: 'SLUIS', username: 'mute' },
    ];
    beforeEach(async () => {
      environment.MAIL_HOST = 'smtp.example.com';
      await write('production.json5', '{ mail: { from: "no-reply@example.com" } }');
      environment.SLUIS_CONFIG_DIR = directory.path;
      await write('people.jsonl', people.map((line) => `${JSON.stringify(line)}\n`).join(''));
      await run('import', 'people.jsonl');
    });

    it('invites one person, or everybody who has no password', async () => {
      expect((await run('invite', 'teun', '--office', 'sluis')).out).to.equal('Invited: 1\n');
      expect((await run('invite', '--without-password')).out).to.equal('Invited: 1\n');
      expect((await run('invite', 'mute')).out).to.include('no address or are disabled: 1');
    });

    it('says what is missing', async () => {
      expectFailure(await run('invite'), 1, 'Name one person');
      expectFailure(await run('invite', 'noor', '--without-password'), 1, 'Name one person');
      expectFailure(await run('invite', 'nobody'), 66, 'no such person');
      expectFailure(await run('invite', 'noor', '--office', 'molen'), 66, 'no such organization');
      delete environment.MAIL_HOST;
      expectFailure(await run('invite', 'noor'), 1, 'mail.host');
    });
  });
});
