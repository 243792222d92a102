import { expect } from 'chai';
import type { Outcome } from '../../../src/delivery/sms/carrier.ts';
import { reliable } from '../../../src/delivery/sms/reliable.ts';
import { Undelivered } from '../../../src/domain/undelivered.ts';
import { rejection } from '../../support/rejection.ts';

const message = { to: '+31612345678', text: 'Hello', id: 'one' };
const busy = (again: number): Outcome => ({ taken: false, reason: 'unreachable', detail: 'busy', again });
const away: Outcome = { taken: false, reason: 'unreachable', detail: 'away' };
const doubt: Outcome = { taken: false, reason: 'unknown', detail: 'doubt' };
const refused: Outcome = { taken: false, reason: 'refused', detail: 'no' };
const taken: Outcome = { taken: true };

/** What comes of tries with these outcomes. */
async function send(outcomes: readonly Outcome[], { idempotent = false, retries = 2 } = {}) {
  const pauses: number[] = [];
  let tries = 0;
  const attempt = async () => outcomes[tries++] ?? taken;
  const pause = async (milliseconds: number) => pauses.push(milliseconds);
  const sending = reliable({ name: 'test', idempotent, attempt }, { retries, pause }).send(message);
  const error = await sending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { result: error instanceof Undelivered ? error.reason : (error ?? 'sent'), tries: () => tries, pauses };
}

describe('trying again', () => {
  it('waits as long as the gateway asks, and at least as long as the tries before cost', async () => {
    const { result, pauses } = await send([busy(1_500), busy(10)]);
    expect(result).to.equal('sent');
    expect(pauses[0]).to.equal(1_500);
    expect(pauses[1]).to.be.within(250, 500);
  });

  it('gives up at once when the gateway asks for more time than anybody waits', async () => {
    const { result, tries, pauses } = await send([busy(2_001)]);
    expect([result, tries(), pauses]).to.deep.equal(['unreachable', 1, []]);
  });

  it('does not repeat what would fail again', async () => {
    for (const [outcome, reason] of [
      [away, 'unreachable'],
      [refused, 'refused'],
      [doubt, 'unknown'],
    ] as const) {
      const { result, tries } = await send([outcome]);
      expect([result, tries()]).to.deep.equal([reason, 1]);
    }
  });

  it('tries once without retries', async () => {
    const { result, tries } = await send([busy(0)], { retries: 0 });
    expect([result, tries()]).to.deep.equal(['unreachable', 1]);
  });

  it('repeats in doubt where the gateway knows a message by its id', async () => {
    const { result, tries } = await send([doubt, doubt, taken], { idempotent: true });
    expect([result, tries()]).to.deep.equal(['sent', 3]);
  });

  it('stays in doubt whatever later tries say: nobody else may send it then', async () => {
    for (const later of [busy(0), refused, away]) {
      const { result } = await send([doubt, later, later], { idempotent: true });
      expect(result).to.equal('unknown');
    }
    const { result } = await send([busy(0), doubt]);
    expect(result).to.equal('unknown');
  });

  it('pauses by itself', async () => {
    let tries = 0;
    const attempt = async () => (++tries === 1 ? busy(0) : taken);
    await reliable({ name: 'test', idempotent: false, attempt }, { retries: 1 }).send(message);
    expect(tries).to.equal(2);
  });

  it('says why, and nothing of the message', async () => {
    const gateway = reliable({ name: 'test', idempotent: false, attempt: async () => refused }, { retries: 1 });
    expect(await rejection(gateway.send(message))).to.include({
      reason: 'refused',
      detail: 'no',
      message: 'refused: no',
    });
  });
});
