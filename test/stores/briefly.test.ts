import { expect } from 'chai';
import { briefly } from '../../src/stores/briefly.ts';
import { FakeClock } from '../support/clock.ts';

describe('a look-up that is kept briefly', () => {
  const counted = (answers: Record<string, string>) => {
    const asked: string[] = [];
    const clock = new FakeClock();
    const find = briefly(
      async (key: string) => {
        asked.push(key);
        return answers[key];
      },
      { clock, lifetime: 1_000 },
    );
    return { asked, clock, find };
  };

  it('asks once for many questions at once, and again when the moment has passed', async () => {
    const { asked, clock, find } = counted({ a: 'A' });
    expect(await Promise.all([find('a'), find('a'), find('a')])).to.deep.equal(['A', 'A', 'A']);
    clock.advance(999);
    await find('a');
    expect(asked).to.deep.equal(['a']);
    clock.advance(1);
    await find('a');
    expect(asked).to.deep.equal(['a', 'a']);
  });

  it('does not keep an absence', async () => {
    const answers: Record<string, string> = {};
    const { find } = counted(answers);
    expect(await find('new')).to.equal(undefined);
    answers.new = 'here';
    expect(await find('new')).to.equal('here');
  });

  it('does not keep a failure', async () => {
    let down = true;
    const find = briefly(
      async () => {
        if (down) throw new Error('down');
        return 'up';
      },
      { clock: new FakeClock(), lifetime: 1_000 },
    );
    const failed = await find('x').catch(({ message }: Error) => message);
    down = false;
    expect([failed, await find('x')]).to.deep.equal(['down', 'up']);
  });

  it('keeps no more than it may', async () => {
    const { asked, find } = counted({});
    const many = briefly(async (key: string) => find(key).then(() => key), { clock: new FakeClock(), lifetime: 1_000 });
    for (let n = 0; n <= 1_000; n++) await many(`k${n}`);
    await many('k1000');
    await many('k0');
    expect(asked.filter((key) => key === 'k1000')).to.have.length(1);
    expect(asked.filter((key) => key === 'k0')).to.have.length(2);
  });
});
