import { expect } from 'chai';
import { createOutbox } from '../../../src/delivery/sms/outbox.ts';
import { FakeClock } from '../../support/clock.ts';

describe('the outbox', () => {
  it('keeps what it was given, the latest first', async () => {
    const clock = new FakeClock();
    const outbox = createOutbox(clock);
    const message = { to: '+31612345678', text: 'Hello', id: 'one' };
    const at = clock.now();
    await outbox.send(message);
    clock.advance(1_000);
    await outbox.send({ ...message, text: 'Again' });
    expect(outbox.messages()).to.deep.equal([
      { ...message, text: 'Again', at: at + 1_000 },
      { ...message, at },
    ]);
  });

  it('forgets the oldest', async () => {
    const outbox = createOutbox(new FakeClock());
    for (let id = 0; id < 150; id += 1) await outbox.send({ to: '+31612345678', text: 'Hello', id: `${id}` });
    expect(outbox.messages()).to.have.length(100);
    expect(outbox.messages()[0]?.id).to.equal('149');
  });
});
