import { expect } from 'chai';
import { createTurnstile } from '../../src/crypto/turnstile.ts';
import { Failure } from '../../src/domain/failure.ts';

/** Work that ends when it is told to. */
function pieces(count: number) {
  const order: number[] = [];
  const finish: (() => void)[] = [];
  const work = Array.from({ length: count }, (_, index) => async () => {
    order.push(index);
    await new Promise<void>((resolve) => {
      finish[index] = resolve;
    });
    return index;
  });
  return { order, work, end: (index: number) => finish[index]?.() };
}

describe('createTurnstile', () => {
  it('runs no more at once than it may, the others in order of arrival', async () => {
    const inTurn = createTurnstile({ atOnce: 2, waiting: 10 });
    const { order, work, end } = pieces(4);
    const running = work.map((piece) => inTurn(piece));
    expect(order).to.deep.equal([0, 1]);
    end(1);
    await running[1];
    expect(order).to.deep.equal([0, 1, 2]);
    end(0);
    await running[0];
    expect(order).to.deep.equal([0, 1, 2, 3]);
    end(2);
    end(3);
    expect(await Promise.all(running)).to.deep.equal([0, 1, 2, 3]);
  });

  it('never runs more, however much comes and goes', async () => {
    const inTurn = createTurnstile({ atOnce: 2, waiting: 100 });
    let running = 0;
    let most = 0;
    const piece = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    };
    for (let round = 0; round < 3; round += 1) await Promise.all(Array.from({ length: 20 }, () => inTurn(piece)));
    expect(most).to.equal(2);
  });

  it('turns away who finds the queue full, and is free again afterwards', async () => {
    const inTurn = createTurnstile({ atOnce: 1, waiting: 1 });
    const { work, end } = pieces(2);
    const running = work.map((piece) => inTurn(piece));
    const turnedAway = await inTurn(async () => 'ran').catch((failure: unknown) => failure);
    expect(turnedAway).to.be.instanceOf(Failure).and.include({ code: 'busy', status: 503, retryAfter: 2 });
    end(0);
    await running[0];
    end(1);
    await running[1];
    expect(await inTurn(async () => 'ran')).to.equal('ran');
  });

  it('hands the place on when work fails', async () => {
    const inTurn = createTurnstile({ atOnce: 1, waiting: 1 });
    const failing = inTurn(() => Promise.reject(new Error('no')));
    const next = inTurn(async () => 'ran');
    expect(await failing.catch(({ message }: Error) => message)).to.equal('no');
    expect(await next).to.equal('ran');
  });
});
