import { expect } from 'chai';
import { Table } from '../../../src/stores/memory/table.ts';
import { FakeClock } from '../../support/clock.ts';

describe('a table in memory', () => {
  it('holds a value until its deadline', () => {
    const clock = new FakeClock();
    const table = new Table<string>(clock);
    table.set('key', 'value', clock.now() + 10);
    clock.advance(9);
    expect(table.get('key')).to.equal('value');
    clock.advance(1);
    expect(table.get('key')).to.equal(undefined);
  });

  it('collects what is over as it is written to', () => {
    const clock = new FakeClock();
    const table = new Table<number>(clock);
    table.set('lasting', 0, Number.POSITIVE_INFINITY);
    for (let round = 0; round < 100; round += 1) {
      for (let at = 0; at < 100; at += 1) table.set(`${round}-${at}`, at, clock.now() + 10);
      clock.advance(10);
    }
    expect(table.size).to.be.at.most(1_001);
    expect(table.get('lasting')).to.equal(0);
  });

  it('lets go of what is over first, and then of what was written longest ago', () => {
    const clock = new FakeClock();
    const table = new Table<number>(clock, 3);
    table.set('oldest', 1, Number.POSITIVE_INFINITY);
    table.set('over', 2, clock.now());
    table.set('rewritten', 3, Number.POSITIVE_INFINITY);
    table.set('newer', 4, Number.POSITIVE_INFINITY);
    expect(table.get('oldest')).to.equal(1);

    table.set('oldest', 1, Number.POSITIVE_INFINITY);
    table.set('newest', 5, Number.POSITIVE_INFINITY);
    expect(table.size).to.equal(3);
    expect(table.get('rewritten')).to.equal(undefined);
    expect(table.get('oldest')).to.equal(1);
  });
});
