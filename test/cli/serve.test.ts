import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { temporaryDirectory } from '../support/directory.ts';
import { freePort } from '../support/port.ts';
import { type Running, sluis, start } from './sluis.ts';

describe('sluis serve', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let running: Running | undefined;
  let port: number;
  let environment: Record<string, string>;

  beforeEach(async () => {
    running = undefined;
    directory = await temporaryDirectory();
    port = await freePort();
    environment = { PORT: String(port), ISSUER: `http://localhost:${port}`, LOG_LEVEL: 'info' };
  });
  afterEach(async () => {
    running?.kill('SIGKILL');
    await running?.ended;
    await directory.remove();
  });

  const call = (changes: Record<string, string> = {}) => ({
    args: ['serve', '--demo'],
    directory: directory.path,
    environment: { ...environment, ...changes },
  });

  /** Starts it, and answers as soon as it listens. */
  async function started(): Promise<Running> {
    running = start(call());
    await running.printed('"listening"');
    return running;
  }

  it('stops at SIGTERM: takes nobody in, lets an open request finish, ends with 0', async () => {
    const { kill, ended } = await started();
    const idle = connect(port, '127.0.0.1');
    await once(idle, 'connect');

    const open = connect(port, '127.0.0.1');
    open.write(
      `POST /token HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: 21\r\n` +
        'Content-Type: application/x-www-form-urlencoded\r\n\r\ngrant_type=',
    );
    // The server has the request when it has answered another one that came later.
    expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).to.equal(200);
    kill('SIGTERM');
    await once(idle, 'close');
    const refused = await fetch(`http://127.0.0.1:${port}/health/live`).catch(({ cause }) => cause.code);
    expect(refused).to.equal('ECONNREFUSED');

    open.write('unsupported'.slice(0, 10));
    expect(await text(open)).to.match(/^HTTP\/1\.1 400 /);
    expect((await ended).code).to.equal(0);
  });

  it('says that the port is in use', async () => {
    const { kill, ended } = await started();
    const { code, err } = await sluis(call());
    expect(err).to.include(`Somebody else uses 127.0.0.1 port ${port}`);
    expect(err).to.not.match(/^\s+at /m);
    expect(code).to.equal(1);
    kill('SIGTERM');
    expect((await ended).code).to.equal(0);
  });

  it('says that Redis does not answer, and not its password', async () => {
    const { code, err } = await sluis(call({ REDIS_URL: 'redis://:hush@127.0.0.1:1' }));
    expect(err).to.include('Cannot be reached or used');
    expect(err).to.not.match(/^\s+at |hush/m);
    expect(code).to.equal(1);
  });
});
