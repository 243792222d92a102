import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { hidden } from '../hostile/support/browser.ts';
import { temporaryDirectory } from '../support/directory.ts';
import { freePort } from '../support/port.ts';
import { Surfer } from './surfer.ts';

const bin = fileURLToPath(new URL('../../src/bin.cjs', import.meta.url));

interface Program {
  /** Standard output up to the line that says `text`, or to its end. */
  says(text: string): Promise<string>;
  stop(): void;
  readonly ended: Promise<{ code: number | null; err: string }>;
}

function run(args: readonly string[], environment: Record<string, string> = {}): Program {
  const child: ChildProcess = spawn(process.execPath, [bin, ...args], { env: { ...process.env, ...environment } });
  const said = { out: '', err: '' };
  child.stderr?.on('data', (chunk) => {
    said.err += chunk;
  });
  child.stdout?.on('data', (chunk) => {
    said.out += chunk;
  });
  return {
    async says(text) {
      while (!(said.out + said.err).includes(text) && child.exitCode === null) {
        await Promise.race([
          once(child.stdout ?? child, 'data'),
          once(child.stderr ?? child, 'data'),
          once(child, 'exit'),
        ]);
      }
      return said.out + said.err;
    },
    stop: () => void child.kill('SIGTERM'),
    ended: once(child, 'close').then(([code]) => ({ code, err: said.err })),
  };
}

describe('sluis demo', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let port: number;
  let applicationPort: number;
  const running: Program[] = [];

  beforeEach(async () => {
    directory = await temporaryDirectory();
    port = await freePort();
    applicationPort = await freePort();
  });

  afterEach(async () => {
    for (const program of running.splice(0)) {
      program.stop();
      await program.ended;
    }
    await directory.remove();
  });

  function demo(data = `${directory.path}/data`, environment: Record<string, string> = {}): Program {
    const args = ['--port', String(port), '--application-port', String(applicationPort), '--data', data];
    const program = run(['demo', ...args], environment);
    running.push(program);
    return program;
  }

  it('starts, names the accounts, and leads from its application to Sluis', async () => {
    const out = await demo().says('Ctrl+C');
    expect(out).to.include(`http://localhost:${applicationPort}`).and.to.include('Sessions are in memory');
    for (const shown of ['jan', 'fatima', 'piet', 'hilde', 'eerste-sluis-open', 'DEVRIES', 'MOLEN', '/admin'])
      expect(out).to.include(shown);

    const surfer = new Surfer();
    expect(await surfer.get(`http://localhost:${applicationPort}/`)).to.match(/\d{3} \d{3}/);
    const page = await surfer.get(`http://localhost:${applicationPort}/sign-in`);
    expect(surfer.url).to.include(`http://localhost:${port}/interaction/`);
    expect(page).to.include('name="username"').and.to.include('Demo application');
    expect(await surfer.get(`http://localhost:${applicationPort}/messages`)).to.include('There is no message yet');
  });

  it('sends codes by text message to a page of its application', async () => {
    await demo().says('Ctrl+C');
    const surfer = new Surfer();
    let page = await surfer.get(`http://localhost:${applicationPort}/sign-in`);
    const answer = async (fields: Readonly<Record<string, string>>) => {
      page = await surfer.post(surfer.url, { ...hidden({ body: page }), ...fields });
    };
    await answer({ username: 'jan', office: 'DEVRIES', password: 'eerste-sluis-open' });
    await answer({ act: 'answer' });
    await answer({ act: 'choose', factor: 'sms' });
    expect(page).to.include('+31 6 12345678');
    await answer({ act: 'answer' });
    const messages = await new Surfer().get(`http://localhost:${applicationPort}/messages`);
    const [, code = ''] = /@localhost #(\d{6})/.exec(messages) ?? [];
    await answer({ code });
    expect(hidden({ body: page }).step).to.equal('keep-codes');
  });

  it('starts again over the same folder, with the application elsewhere', async () => {
    const first = demo();
    await first.says('Ctrl+C');
    first.stop();
    expect((await first.ended).code).to.equal(0);

    applicationPort = await freePort();
    await demo().says('Ctrl+C');
    const surfer = new Surfer();
    expect(await surfer.get(`http://localhost:${applicationPort}/sign-in`)).to.include('name="username"');
  });

  it('keeps to stores of its own, whatever the environment names', async () => {
    const elsewhere = { DATABASE_URL: 'postgres://localhost:1/real', REDIS_URL: 'redis://localhost:1' };
    expect(await demo(undefined, elsewhere).says('Ctrl+C')).to.include('Start here');
  });

  for (const which of ['port', 'application-port'] as const) {
    it(`says that a port is in use: ${which}`, async () => {
      const taken = which === 'port' ? port : applicationPort;
      const server = createServer().listen(taken, '127.0.0.1');
      await once(server, 'listening');
      const { code, err } = await demo().ended;
      server.close();
      expect(code).to.equal(1);
      expect(err).to.include(`Port ${taken} is in use`).and.to.include(`--${which} <port>`);
    });
  }

  it('says that the folder cannot be written to', async () => {
    writeFileSync(`${directory.path}/file`, '');
    const { code, err } = await demo(`${directory.path}/file/data`).ended;
    expect(code).to.equal(1);
    expect(err).to.include(`${directory.path}/file/data cannot be made or written to (ENOTDIR)`);
  });
});

describe('sluis demo-application', () => {
  it('runs alone, before its provider does', async () => {
    const port = await freePort();
    const program = run(['demo-application', '--port', String(port)], {
      ISSUER: 'http://localhost:1',
      CLIENT_ID: 'demo',
      CLIENT_SECRET: 'a-secret-of-the-client',
    });
    expect(await program.says('Demo application on')).to.include(`http://localhost:${port}`);
    expect(await new Surfer().get(`http://localhost:${port}/sign-in`)).to.include('cannot be reached');
    program.stop();
    expect(await program.ended).to.deep.include({ code: 0 });
  });

  it('says everything that is missing', async () => {
    const { code, err } = await run(['demo-application'], { ISSUER: 'ftp://x', CLIENT_ID: '', CLIENT_SECRET: '' })
      .ended;
    expect(code).to.equal(78);
    expect(err).to.include('ISSUER').and.to.include('CLIENT_ID').and.to.include('CLIENT_SECRET');
  });
});
