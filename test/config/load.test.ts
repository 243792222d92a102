import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { ConfigError, type Environment, type Fault, loadConfig } from '../../src/config.ts';
import { temporaryDirectory } from '../support/directory.ts';

const KEY = Buffer.alloc(32, 1).toString('base64url');
const least = { ISSUER: 'https://id.example.com', ENCRYPTION_KEYS: KEY };

function faultsOf(sources: Parameters<typeof loadConfig>[0]): readonly Fault[] {
  try {
    loadConfig(sources);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

const pathsOf = (environment: Environment) => faultsOf({ environment }).map(({ path }) => path);

describe('loadConfig', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  const write = async (name: string, text: string) => {
    const path = join(directory.path, name);
    await writeFile(path, text);
    return path;
  };

  beforeEach(async () => {
    directory = await temporaryDirectory();
  });
  afterEach(() => directory.remove());

  it('takes everything the environment may say', () => {
    const config = loadConfig({
      environment: {
        ...least,
        BIND_ADDRESS: '0.0.0.0',
        PORT: '8080',
        TRUSTED_PROXIES: '10.0.0.0/8, ::1',
        DATABASE_URL: 'postgres://db/sluis',
        REDIS_URL: 'redis://cache',
        LOG_LEVEL: 'warn',
      },
    });
    expect(config).to.deep.include({ issuer: least.ISSUER, host: '0.0.0.0', port: 8080, log: { level: 'warn' } });
    expect(config.encryptionKeys).to.deep.equal([KEY]);
    expect(config.trustedProxies).to.deep.equal(['10.0.0.0/8', '::1']);
    expect(config.database).to.deep.equal({ url: 'postgres://db/sluis', pool: 10 });
    expect(config.redis).to.deep.equal({ url: 'redis://cache' });
  });

  it('takes an empty variable for an absent one', () => {
    expect(loadConfig({ environment: { ...least, PORT: '', REDIS_URL: '', REDIS_URL_FILE: '' } }).port).to.equal(3000);
  });

  it('names the variable that a wrong value came from', () => {
    const faults = faultsOf({ environment: { ...least, PORT: 'eighty', TRUSTED_PROXIES: '10.0.0.1,proxy' } });
    expect(faults.map(({ path }) => path)).to.deep.equal(['port (PORT)', 'trustedProxies.1 (TRUSTED_PROXIES)']);
  });

  describe('secrets in files', () => {
    it('are read without the line break at the end', async () => {
      const environment = {
        ISSUER: least.ISSUER,
        ENCRYPTION_KEYS_FILE: await write('keys', `${KEY}\n`),
        DATABASE_URL_FILE: await write('database', 'postgres://db/sluis\r\n'),
        REDIS_URL_FILE: await write('redis', 'redis://cache'),
      };
      const config = loadConfig({ environment });
      expect(config.encryptionKeys).to.deep.equal([KEY]);
      expect(config.database.url).to.equal('postgres://db/sluis');
      expect(config.redis.url).to.equal('redis://cache');
    });

    it('must be readable', () => {
      const environment = { ISSUER: least.ISSUER, ENCRYPTION_KEYS_FILE: join(directory.path, 'none') };
      expect(pathsOf(environment)).to.deep.equal(['ENCRYPTION_KEYS_FILE']);
    });

    it('may not be given twice', async () => {
      const path = await write('keys', KEY);
      expect(pathsOf({ ...least, ENCRYPTION_KEYS_FILE: path })).to.deep.equal(['ENCRYPTION_KEYS']);
    });

    it('are reported together with everything else, and not repeated', async () => {
      const faults = faultsOf({
        environment: {
          ENCRYPTION_KEYS_FILE: await write('keys', 'hush'),
          DATABASE_URL_FILE: join(directory.path, 'none'),
          PORT: '0',
        },
      });
      expect(faults.map(({ path }) => path)).to.deep.equal([
        'DATABASE_URL_FILE',
        'issuer',
        'port (PORT)',
        'encryptionKeys.0 (ENCRYPTION_KEYS_FILE)',
      ]);
      expect(new ConfigError(faults).message).to.not.include('hush');
    });

    it('are for secrets alone', async () => {
      expect(loadConfig({ environment: { ...least, PORT_FILE: await write('port', '1') } }).port).to.equal(3000);
    });
  });

  describe('a folder of the deployment', () => {
    it('is laid over the defaults, and under the environment', async () => {
      await write('default.json5', `{ port: 1, officeCode: 'never', lockout: { attempts: 5 } }`);
      await write('production.json5', `{ port: 2, brand: { name: 'Ours' } } // a comment`);
      await write('local.json', `{ "metrics": true }`);
      const config = loadConfig({ directory: directory.path, environment: { ...least, PORT: '3' } });
      expect(config.port).to.equal(3);
      expect(config.officeCode).to.equal('never');
      expect(config.brand.name).to.equal('Ours');
      expect(config.lockout).to.deep.equal({ attempts: 5, duration: 900_000, switchOffAfter: 100 });
      expect(config.metrics).to.equal(true);
    });

    it('may be named by SLUIS_CONFIG_DIR', async () => {
      await write('production.json5', '{ port: 2 }');
      expect(loadConfig({ environment: { ...least, SLUIS_CONFIG_DIR: directory.path } }).port).to.equal(2);
    });

    it('follows NODE_ENV', async () => {
      await write('staging.json5', '{ port: 2 }');
      await write('production.json5', '{ port: 4 }');
      const environment = { ...least, NODE_ENV: 'staging' };
      expect(loadConfig({ directory: directory.path, environment }).port).to.equal(2);
    });

    it('must exist and hold something that is read', async () => {
      const none = join(directory.path, 'none');
      expect(faultsOf({ directory: none, environment: least }).map(({ path }) => path)).to.deep.equal([none]);
      await mkdir(none);
      await writeFile(join(none, 'produktion.json5'), '{}');
      expect(() => loadConfig({ directory: none, environment: least })).to.throw(ConfigError, 'production.json5');
    });

    it('says where a file is no JSON5, and not what it holds', async () => {
      const path = await write('production.json5', `{ encryptionKeys: ['hush'],\n  port: }`);
      const faults = faultsOf({ directory: directory.path, environment: least });
      expect(faults).to.deep.equal([{ path, expected: 'a JSON5 file that can be read (see line and column 2:9)' }]);
    });

    it('is data: programs are not run', async () => {
      await write('production.json5', '{}');
      await write('local.js', 'throw new Error("ran")');
      expect(loadConfig({ directory: directory.path, environment: least }).port).to.equal(3000);
    });
  });

  describe('a demonstration', () => {
    it('needs nothing', () => {
      expect(loadConfig({ environment: {}, demo: true }).issuer).to.equal('http://localhost:3000');
    });

    it('is refused in production', () => {
      const faults = faultsOf({ environment: { NODE_ENV: 'production' }, demo: true });
      // Its messages are for everybody to read, too.
      expect(faults.map(({ path }) => path)).to.deep.equal(['encryptionKeys', 'sms.gateway', 'mail.outbox']);
    });

    it('must be asked for: its key is no key for anything else', () => {
      const { encryptionKeys } = loadConfig({ environment: {}, demo: true });
      const environment = { ISSUER: least.ISSUER, ENCRYPTION_KEYS: encryptionKeys.join() };
      expect(pathsOf(environment)).to.deep.equal(['encryptionKeys (ENCRYPTION_KEYS)']);
    });
  });
});
