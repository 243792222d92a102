import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { joinWrites } from '../../../src/stores/redis/join-writes.ts';

describe('joined writes', () => {
  let sent: string[];
  let stream: Writable;

  beforeEach(() => {
    sent = [];
    stream = new Writable({
      decodeStrings: false,
      write(chunk, _encoding, done) {
        sent.push(String(chunk));
        done();
      },
      writev(chunks, done) {
        sent.push(chunks.map(({ chunk }) => String(chunk)).join('|'));
        done();
      },
    });
    joinWrites(stream);
  });

  it('go out together, in their order, also those of promises that were settled meanwhile', async () => {
    stream.write('one');
    stream.write('two');
    void Promise.resolve().then(() => stream.write('three'));
    await turn();
    expect(sent.join('|')).to.equal('one|two|three');
    expect(sent.length).to.be.lessThan(3);
  });

  it('wait for nothing in the next turn', async () => {
    stream.write('one');
    await turn();
    stream.write('two');
    await turn();
    expect(sent).to.deep.equal(['one', 'two']);
  });

  it('tell whoever writes that a write is over', async () => {
    const told: string[] = [];
    stream.write('one', () => told.push('one'));
    stream.write('two', 'utf8', () => told.push('two'));
    await turn();
    expect(told).to.deep.equal(['one', 'two']);
  });
});
