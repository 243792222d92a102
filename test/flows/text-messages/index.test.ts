import { Writable } from 'node:stream';
import { expect } from 'chai';
import { pino } from 'pino';
import { Keyring } from '../../../src/crypto/keyring.ts';
import { createOutbox, type Outbox } from '../../../src/delivery/sms/outbox.ts';
import type { OutgoingText, SendingLimits, SmsGateway } from '../../../src/domain/ports.ts';
import { Undelivered, type UndeliveredReason } from '../../../src/domain/undelivered.ts';
import { createTextMessages } from '../../../src/flows/text-messages/index.ts';
import { memorySendingLimits } from '../../../src/stores/memory/sending-limits.ts';
import { rejection } from '../../support/rejection.ts';
import { openWorld, type World } from '../../support/world.ts';

const HOUR = 3_600_000;
const wide = { most: 1_000, within: HOUR };
const rules = { number: { most: 5, within: HOUR }, account: wide, address: wide, destination: wide, deployment: wide };
const outgoing: OutgoingText = {
  account: 'noor',
  number: '+31612345678',
  address: '192.0.2.1',
  text: 'Your code is 123456.',
  id: 'one',
};

describe('sending text messages', () => {
  let world: World;
  let outbox: Outbox;
  let log: string[];

  before(async () => {
    world = await openWorld('SQLite and memory');
  });
  after(() => world.close());
  beforeEach(() => {
    outbox = createOutbox(world.clock);
    log = [];
  });

  function sender({ gateways = [outbox], limits }: { gateways?: readonly SmsGateway[]; limits?: SendingLimits } = {}) {
    const { clock, needs } = world;
    const sink = new Writable({
      write(line, _encoding, done) {
        log.push(String(line));
        done();
      },
    });
    return createTextMessages({
      gateways,
      limits: limits ?? memorySendingLimits({ vault: new Keyring([Buffer.alloc(32, 7)]), clock, rules }),
      countries: ['NL', 'BE'],
      audit: needs.audit,
      clock,
      logger: pino({ level: 'trace' }, sink),
    });
  }

  const failing = (name: string, error: Error): SmsGateway & { asked: number } => ({
    name,
    asked: 0,
    async send() {
      this.asked += 1;
      throw error;
    },
  });
  const refusal = async (sending: Promise<void>): Promise<Undelivered> => {
    const error = await rejection(sending);
    if (!(error instanceof Undelivered)) throw error;
    return error;
  };
  const lastRow = async () => (await world.auditRows()).at(-1);

  it('sends by the first gateway and records who asked, not what nor where to', async () => {
    const second = createOutbox(world.clock);
    await sender({ gateways: [outbox, second] }).send(outgoing);
    expect(outbox.messages()).to.have.length(1);
    expect(outbox.messages()[0]).to.include({ to: outgoing.number, text: outgoing.text, id: 'one' });
    expect(second.messages()).to.have.length(0);
    expect(await lastRow()).to.include({ type: 'text-message.sent', account: 'noor', address: '192.0.2.1' });
  });

  it('refuses a number that nothing is sent to, before anything is counted', async () => {
    const messages = sender();
    for (let tries = 0; tries < 10; tries += 1) {
      const { reason, detail } = await refusal(messages.send({ ...outgoing, number: '+31900123456' }));
      expect([reason, detail]).to.deep.equal(['refused', 'destination']);
    }
    expect(outbox.messages()).to.have.length(0);
    expect(await lastRow()).to.include({ type: 'text-message.undelivered' });
  });

  it('sends exactly as many of 200 at once as the limits grant', async () => {
    const messages = sender();
    const sendings = Array.from({ length: 200 }, () => messages.send(outgoing));
    const reasons = await Promise.all(
      sendings.map((sending) =>
        sending.then(
          () => 'sent',
          ({ message }: Undelivered) => message,
        ),
      ),
    );
    expect(reasons.filter((reason) => reason === 'sent')).to.have.length(rules.number.most);
    expect(reasons.filter((reason) => reason === 'limited: number')).to.have.length(200 - rules.number.most);
    expect(outbox.messages()).to.have.length(rules.number.most);
  });

  it('sends nothing when a limit cannot be checked', async () => {
    const limits: SendingLimits = { take: async () => ({ granted: false, limit: 'unknown' }) };
    const { message } = await refusal(sender({ limits }).send(outgoing));
    expect(message, 'nobody is told that too much was sent').to.equal('unreachable: limits');
    expect(outbox.messages()).to.have.length(0);
  });

  for (const reason of ['refused', 'unreachable', 'limited'] as const satisfies readonly UndeliveredReason[]) {
    it(`asks the next gateway when one did not send: ${reason}`, async () => {
      const first = failing('first', new Undelivered(reason, 'HTTP 500'));
      await sender({ gateways: [first, outbox] }).send(outgoing);
      expect(first.asked).to.equal(1);
      expect(outbox.messages()).to.have.length(1);
      expect(log.join('')).to.contain('HTTP 500');
    });
  }

  it('asks nobody else when the message may be on its way', async () => {
    const first = failing('first', new Undelivered('unknown', 'timeout'));
    expect((await refusal(sender({ gateways: [first, outbox] }).send(outgoing))).message).to.equal('unknown: timeout');
    expect(outbox.messages()).to.have.length(0);
  });

  it('tells what the last gateway said when none sent', async () => {
    const gateways = [
      failing('first', new Undelivered('unreachable', 'one')),
      failing('second', new Undelivered('refused', 'two')),
    ];
    expect((await refusal(sender({ gateways }).send(outgoing))).message).to.equal('refused: two');
    expect(gateways.map(({ asked }) => asked)).to.deep.equal([1, 1]);
  });

  it('takes any other failure for a doubt, and repeats nothing of it', async () => {
    const first = failing('first', new TypeError(`cannot send ${outgoing.text} to ${outgoing.number}`));
    const error = await refusal(sender({ gateways: [first, outbox] }).send(outgoing));
    expect(error.message).to.equal('unknown: first failed with TypeError');
    expect(error.cause).to.equal(undefined);
    expect(outbox.messages()).to.have.length(0);
  });

  it('leaves number and text out of the log and of the audit log', async () => {
    const troubles = [
      new Undelivered('unreachable', 'one'),
      new Undelivered('unknown', 'two'),
      new Error(outgoing.number),
    ];
    await sender().send(outgoing);
    await refusal(sender().send({ ...outgoing, number: '+31201234567' }));
    for (const trouble of troubles)
      await sender({ gateways: [failing('first', trouble), outbox] })
        .send(outgoing)
        .catch(() => {});
    const said = log.join('') + JSON.stringify(await world.auditRows());
    expect(log).to.have.length.greaterThan(5);
    for (const hidden of ['12345678', '201234567', '123456', 'Your code']) expect(said).to.not.contain(hidden);
  });
});
