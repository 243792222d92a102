import { expect } from 'chai';
import { errorForLog } from '../../src/assembly/error-for-log.ts';

describe('an error in the log', () => {
  it('has its name, message, code and stack, and those of its causes', () => {
    const cause = Object.assign(new TypeError('because'), { code: 'ECONNREFUSED' });
    const error = new Error('why', { cause });
    expect(errorForLog(error)).to.deep.equal({
      type: 'Error',
      message: 'why',
      stack: error.stack,
      cause: { type: 'TypeError', message: 'because', code: 'ECONNREFUSED', stack: cause.stack },
    });
  });

  it('has nothing that a library hung on it', () => {
    const error = Object.assign(new Error('Parse Error'), {
      rawPacket: Buffer.from('password=hunter2'),
      command: { name: 'set', args: ['hunter2'] },
      detail: 'Key (name)=(hunter2) already exists.',
      code: 4,
    });
    expect(Object.keys(errorForLog(error))).to.deep.equal(['type', 'message', 'stack']);
  });

  it('may be anything that somebody threw, and is then not shown', () => {
    expect(errorForLog('hunter2')).to.deep.equal({ type: 'string' });
  });
});
