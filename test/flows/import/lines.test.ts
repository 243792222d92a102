import { expect } from 'chai';
import { type Line, readLines } from '../../../src/flows/import/lines.ts';

async function linesOf(...chunks: (string | Buffer)[]): Promise<Line[]> {
  async function* bytes() {
    for (const chunk of chunks) yield Buffer.from(chunk);
  }
  const lines: Line[] = [];
  for await (const line of readLines(bytes())) lines.push(line);
  return lines;
}

describe('readLines', () => {
  it('numbers lines as an editor does, and leaves blank ones out', async () => {
    expect(await linesOf('a\n\n  \r\nb\r\nc')).to.deep.equal([
      { number: 1, text: 'a' },
      { number: 4, text: 'b' },
      { number: 5, text: 'c' },
    ]);
  });

  it('puts lines and characters together that chunks cut', async () => {
    const [first, second] = [Buffer.from('één').subarray(0, 1), Buffer.from('één').subarray(1)];
    expect(await linesOf('x', first, second, '\n', 'y\nz')).to.deep.equal([
      { number: 1, text: 'xéén' },
      { number: 2, text: 'y' },
      { number: 3, text: 'z' },
    ]);
  });

  it('skips the byte order mark', async () => {
    expect(await linesOf('\uFEFF{}')).to.deep.equal([{ number: 1, text: '{}' }]);
  });

  it('answers nothing for an empty file', async () => {
    expect(await linesOf()).to.deep.equal([]);
    expect(await linesOf('\n\n')).to.deep.equal([]);
  });

  it('names a line that is no UTF-8, and goes on', async () => {
    expect(await linesOf(Buffer.from([0xff, 0x0a]), 'b')).to.deep.equal([
      { number: 1, fault: 'not-utf8' },
      { number: 2, text: 'b' },
    ]);
  });

  it('names a line that is too long, without holding it, and goes on', async () => {
    const megabyte = 'a'.repeat(1_000_000);
    expect(await linesOf('a'.repeat(65_536), '\n', megabyte, megabyte, '\nb')).to.deep.equal([
      { number: 1, text: 'a'.repeat(65_536) },
      { number: 2, fault: 'too-long' },
      { number: 3, text: 'b' },
    ]);
  });
});
