import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { Client } from 'pg';
import { type Running, sluis, start } from '../cli/sluis.ts';
import { temporaryDirectory } from '../support/directory.ts';
import { freePort } from '../support/port.ts';
import { freshDatabase } from '../support/postgres.ts';
import { freshRedis } from '../support/redis.ts';
import { offices, PASSWORD, people } from '../support/seed.ts';
import { Browser, hidden } from './support/browser.ts';
import { applications } from './support/target.ts';

describe('SIGTERM in the middle of sign-ins, on PostgreSQL and Redis', () => {
  it('takes nobody in, lets a password through that is on its way, waits for no dawdler, and ends with 0', async () => {
    const [directory, database, redis, port] = await Promise.all([
      temporaryDirectory(),
      freshDatabase(),
      freshRedis(),
      freePort(),
    ]);
    const issuer = `http://localhost:${port}`;
    const environment = {
      ISSUER: issuer,
      PORT: `${port}`,
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      ENCRYPTION_KEYS: Buffer.alloc(32, 'test').toString('base64'),
    };
    const file = `${directory.path}/people.jsonl`;
    writeFileSync(file, [...offices, ...people, ...applications].map((line) => `${JSON.stringify(line)}\n`).join(''));
    const imported = await sluis({ args: ['import', file], directory: directory.path, environment });
    expect(imported.code, imported.err).to.equal(0);
    const server: Running = start({ args: ['serve'], directory: directory.path, environment });
    await server.printed('"listening"');

    const browser = new Browser({ address: issuer, issuer });
    const page = await browser.begin();
    const form = `${new URLSearchParams({ ...hidden(page.answer), username: 'mila', office: 'MOLEN', password: PASSWORD })}`;
    const head =
      `POST ${page.path} HTTP/1.1\r\nHost: localhost:${port}\r\nOrigin: ${issuer}\r\nCookie: ${browser.cookieFor(page.path)}\r\n` +
      `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}\r\nExpect: 100-continue\r\n\r\n`;
    const [open, dawdler, idle] = [await dial(port), await dial(port), await dial(port)];
    for (const socket of [open, dawdler]) {
      socket.write(head + form.slice(0, 20));
      // Now the server has it in hand.
      const [chunk] = await once(socket, 'data');
      expect(`${chunk}`).to.equal('HTTP/1.1 100 Continue\r\n\r\n');
    }

    server.kill('SIGTERM');
    await once(idle, 'close');
    expect(await refusal(port)).to.equal('ECONNREFUSED');
    open.write(form.slice(20));
    const answer = await text(open);
    expect(answer)
      .to.match(/^HTTP\/1\.1 200 /)
      .and.match(/\r\nconnection: close\r\n/i);
    expect(answer).to.include(`content="0;url=${issuer}/auth/`);

    const { code, out } = await server.ended;
    expect(code).to.equal(0);
    expect(out).to.not.match(/"level":(50|60)/);
    dawdler.destroy();
    await Promise.all([directory.remove(), database.close(), redis.close()]);
  });
});

describe('SIGTERM while another process keeps the database to itself', () => {
  it('ends a start that has said what it waits for, with 0', async () => {
    const [directory, database, port] = await Promise.all([temporaryDirectory(), freshDatabase(), freePort()]);
    const migrating = new Client({ connectionString: database.url });
    await migrating.connect();
    await migrating.query('select pg_advisory_lock($1)', [0x73_6c_75_69_73]);
    const environment = {
      ISSUER: `http://localhost:${port}`,
      PORT: `${port}`,
      DATABASE_URL: database.url,
      ENCRYPTION_KEYS: Buffer.alloc(32, 'test').toString('base64'),
    };
    const server = start({ args: ['serve'], directory: directory.path, environment });
    await server.printed('waiting for another process');

    server.kill('SIGTERM');
    const { code, out } = await server.ended;
    expect(code).to.equal(0);
    expect(out).to.include('"stopping"').and.not.include('"listening"');
    await migrating.end();
    await Promise.all([directory.remove(), database.close()]);
  });
});

async function dial(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  // One that the server cuts off is what this is about.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Why nobody can connect. */
async function refusal(port: number): Promise<unknown> {
  const socket = connect(port, '127.0.0.1');
  const [error] = await once(socket, 'error');
  return error.code;
}
