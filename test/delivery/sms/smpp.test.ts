import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect } from 'chai';
import type { Carrier } from '../../../src/delivery/sms/carrier.ts';
import { smpp } from '../../../src/delivery/sms/smpp.ts';
import { smsGatewayContract } from '../../contracts/sms-gateway.ts';
import { freePort } from '../../support/port.ts';
import { type Smsc, type SmscSettings, startSmsc } from '../../support/sms/smsc.ts';
import { localhost as own } from '../../support/tls/localhost.ts';
import { patiently } from './open.ts';

const secret = 'pa55word';
const systemId = 'example';
const message = { to: '+31612345678', text: 'Hello', id: 'one' };
const HOUR = 3_600_000;

interface Speaking {
  readonly host?: string;
  readonly port?: number;
  readonly secret?: string;
  readonly deadline?: () => AbortSignal;
  readonly from?: string;
  readonly enquire?: number;
  readonly ca?: string;
}

async function openSmsc(settings: Partial<SmscSettings> = {}) {
  const provider = await startSmsc({ systemId, password: secret, ...settings });
  const carriers: Carrier[] = [];
  let isOpen = true;
  return {
    provider,
    secret,
    carrier({ host = '127.0.0.1', port = provider.port, secret: given = secret, ...other }: Speaking = {}) {
      const { deadline = patiently, from = 'Example', enquire = HOUR, ca } = other;
      const trust = ca === undefined ? {} : { ca };
      const tls = settings.tls !== undefined;
      const carrier = smpp(
        { host, port, tls, ...trust, systemId, password: given, systemType: '', enquire, from },
        { deadline },
      );
      carriers.push(carrier);
      return carrier;
    },
    async close() {
      if (!isOpen) return;
      isOpen = false;
      await Promise.all(carriers.map((carrier) => carrier.close?.()));
      await provider.close();
    },
  };
}

describe('SMPP', () => {
  describe('without TLS', () => {
    smsGatewayContract(openSmsc);
  });
  describe('over TLS', () => {
    smsGatewayContract(async () => {
      const opened = await openSmsc({ tls: own });
      return { ...opened, carrier: (other) => opened.carrier({ ...other, ca: own.cert }) };
    });
  });

  let opened: Awaited<ReturnType<typeof openSmsc>>;
  let smsc: Smsc;
  beforeEach(async () => {
    opened = await openSmsc();
    smsc = opened.provider;
  });
  afterEach(() => opened.close());

  it('binds once, as a transmitter of version 3.4, for all messages', async () => {
    const carrier = opened.carrier();
    await Promise.all(Array.from({ length: 20 }, () => carrier.attempt(message)));
    expect(smsc.binds).to.have.length(1);
    expect(smsc.binds[0]).to.include({ command: 'bind_transmitter', interface_version: 0x34, system_id: systemId });
  });

  it('says what kind of sender it is', async () => {
    for (const from of ['Example', '+31612345679', '12345']) await opened.carrier({ from }).attempt(message);
    const senders = smsc.submitted.map((pdu) => [pdu.source_addr, pdu.source_addr_ton, pdu.source_addr_npi]);
    expect(senders).to.deep.equal([
      ['Example', 5, 0],
      ['31612345679', 1, 1],
      ['12345', 3, 0],
    ]);
    expect(smsc.submitted[0]).to.include({ destination_addr: '31612345678', dest_addr_ton: 1, dest_addr_npi: 1 });
  });

  it('takes the GSM alphabet where that is enough, and the fewest parts', async () => {
    const carrier = opened.carrier();
    const cases: readonly [text: string, coding: number, parts: number][] = [
      ['a'.repeat(160), 0, 1],
      ['a'.repeat(161), 0, 2],
      ['€'.repeat(80), 0, 1],
      ['€'.repeat(81), 0, 2],
      ['ж'.repeat(70), 8, 1],
      ['ж'.repeat(71), 8, 2],
      // A euro sign and a smiley at the seam: neither is split.
      [`${'a'.repeat(152)}€${'a'.repeat(20)}`, 0, 2],
      [`${'ж'.repeat(66)}😀${'ж'.repeat(20)}`, 8, 2],
    ];
    for (const [text, coding, parts] of cases) {
      const before = smsc.submitted.length;
      await carrier.attempt({ ...message, text });
      const sent = smsc.submitted.slice(before);
      expect(sent.map(({ data_coding }) => data_coding)).to.deep.equal(Array.from({ length: parts }, () => coding));
      expect(sent.every(({ esm_class }) => esm_class === (parts > 1 ? 0x40 : 0))).to.equal(true);
      expect(smsc.taken.at(-1)?.text).to.equal(text);
    }
  });

  it('does not send again what the operator has a part of', async () => {
    const carrier = opened.carrier();
    await carrier.attempt(message);
    const submitting = smsc.coming('submit_sm');
    const sending = carrier.attempt({ ...message, text: 'a'.repeat(200) });
    await submitting;
    smsc.next('throttled');
    expect(await sending).to.deep.equal({ taken: false, reason: 'unknown', detail: 'SMPP 0x58' });
  });

  it('connects anew after the operator left, whether it said so or not', async () => {
    const carrier = opened.carrier();
    await carrier.attempt(message);
    for (const leave of [
      (session: { destroy(done: () => void): void }) => new Promise<void>((done) => session.destroy(done)),
      async (session: { send(pdu: object): unknown }) => {
        const left = smsc.coming('unbind_resp');
        session.send(smsc.request('unbind'));
        await left;
      },
    ]) {
      const before = smsc.taken.length;
      await Promise.all(smsc.sessions().map(leave));
      // The first try may meet the connection as it ends.
      for (let tries = 0; tries < 3 && smsc.taken.length === before; tries += 1) await carrier.attempt(message);
      expect(smsc.taken).to.have.length(before + 1);
    }
    expect(smsc.binds).to.have.length(3);
  });

  it('asks whether the operator is there, and leaves one that is not', async () => {
    const patience = new AbortController();
    const carrier = opened.carrier({ enquire: 5, deadline: () => patience.signal });
    await carrier.attempt(message);
    await smsc.coming('enquire_link');
    await smsc.coming('enquire_link');
    smsc.deaf = true;
    await smsc.coming('enquire_link');
    const left = Promise.all(smsc.sessions().map((session) => new Promise((done) => session.on('close', done))));
    patience.abort();
    await left;
  });

  it('answers when the operator asks', async () => {
    await opened.carrier().attempt(message);
    const answered = smsc.coming('enquire_link_resp');
    for (const session of smsc.sessions()) session.send(smsc.request('enquire_link'));
    expect((await answered).command_status).to.equal(0);
  });

  it('tells when the operator is not there, when it opens the door late, and when it speaks something else', async () => {
    const port = await freePort();
    const nobody = await opened.carrier({ port }).attempt(message);
    expect(nobody).to.deep.equal({ taken: false, reason: 'unreachable', detail: 'ECONNREFUSED', again: 0 });

    const late = await opened.carrier({ deadline: () => AbortSignal.abort() }).attempt(message);
    expect(late).to.deep.equal({ taken: false, reason: 'unreachable', detail: 'timeout' });

    const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(port, '127.0.0.1');
    await once(other, 'listening');
    const strange = await opened.carrier({ port }).attempt(message);
    expect(strange).to.deep.equal({ taken: false, reason: 'unreachable', detail: 'SMPP bind unanswered' });
    other.close();
  });

  it('takes leave', async () => {
    const carrier = opened.carrier();
    await carrier.attempt(message);
    const leaving = smsc.coming('unbind');
    await carrier.close?.();
    expect((await leaving).command).to.equal('unbind');
  });

  it('trusts no certificate but one it was told to, for the name it was told', async () => {
    const secured = await openSmsc({ tls: own });
    const doubtful = await secured.carrier().attempt(message);
    expect(doubtful).to.include({ taken: false, reason: 'unreachable', detail: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    const trusted = await secured.carrier({ host: 'localhost', ca: own.cert }).attempt(message);
    expect(trusted).to.deep.equal({ taken: true });
    expect(secured.provider.taken).to.have.length(1);
    await secured.close();
  });
});
