import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { type ApiWorld, openApiWorld, SECRET } from './support/service.ts';

const readme = readFileSync(fileURLToPath(import.meta.resolve('#root/README.md')), 'utf8');

describe('the example of the API in the README', () => {
  let world: ApiWorld;
  before(async () => {
    world = await openApiWorld('SQLite and memory');
    await world.register('clerk', {
      metadata: { grant_types: ['client_credentials'], scope: 'accounts:read accounts:write' },
    });
  });
  after(() => world.close());

  it('does what it says', async () => {
    const [, example = ''] = /## REST API.*?```js\n(.*?)```/s.exec(readme) ?? [];
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', example], {
      env: { ...process.env, ISSUER: world.idp.issuer, CLIENT_ID: 'clerk', CLIENT_SECRET: encodeURIComponent(SECRET) },
    });
    const [first, second] = stdout.trim().split('\n');
    expect(first).to.match(new RegExp(`^${world.idp.issuer}/\\S+ is where jip chooses a password$`));
    expect(second).to.equal('200 "2"');
  });
});
