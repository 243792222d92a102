import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { codeAt, codeOfTyped, readDemoAccounts } from '../../src/demo/accounts.ts';
import { demoFile } from '../../src/demo/populate.ts';
import { temporaryDirectory } from '../support/directory.ts';

/** RFC 6238, appendix B: the secret of its SHA-1 rows, and the last six of the eight digits at 59 seconds. */
const KEY = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('demo accounts', () => {
  it('are one that sets a factor up, one with an app, one that needs none, and an administrator', () => {
    const accounts = readDemoAccounts(demoFile);
    expect(accounts.map(({ secondStep, office }) => [secondStep, office?.code])).to.deep.equal([
      ['set-up', 'DEVRIES'],
      ['code', 'DEVRIES'],
      ['none', 'MOLEN'],
      ['code', 'MOLEN'],
    ]);
    for (const { password } of accounts) expect(password.length).to.be.at.least(12);
  });

  it('leave out what has no plain password, and lines that nobody could import', async () => {
    const { path, remove } = await temporaryDirectory();
    const lines = ['{', '{"type":"account","username":"b"}', '{"type":"account","username":"c","password":"p"}'];
    writeFileSync(`${path}/people.jsonl`, lines.join('\n'));
    expect(readDemoAccounts(`${path}/people.jsonl`)).to.deep.equal([
      { name: 'c', username: 'c', password: 'p', secondStep: 'none' },
    ]);
    await remove();
  });

  it('have the code that an app shows, until the next one', () => {
    expect(codeAt(KEY, 59_000)).to.deep.equal({ code: '287082', until: 60_000 });
    expect(codeAt(KEY, 60_000)).to.deep.include({ until: 90_000 });
  });

  it('come with codes for keys as people copy them', () => {
    expect(codeOfTyped(' gezd gnbv GY3T QOJQ\tGEZD GNBV GY3T QOJQ ', 59_000)?.code).to.equal('287082');
    for (const typed of ['', 'abc', `${KEY}1`, `${KEY}A`]) expect(codeOfTyped(typed, 0), typed).to.equal(undefined);
  });
});
