import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const read = (path: string) => readFileSync(fileURLToPath(import.meta.resolve(`#root/${path}`)), 'utf8');

describe('the README', () => {
  const readme = read('README.md');
  const blocks = [...readme.matchAll(/```sh\n([^`]*)```/g)].map(([, text = '']) => text.trim());

  it('begins with two commands: one runs a demonstration, one runs the tests', () => {
    expect(blocks.slice(0, 2)).to.deep.equal(['npm ci && npm run demo', 'npm ci && npm test']);
  });

  it('names commands that are there', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const named = [...readme.matchAll(/npm (?:run )?(\w+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => name !== 'ci' && !(name in scripts))).to.deep.equal([]);
  });

  it('says what CI runs', () => {
    const commands = read('.ci/run')
      .split('\n')
      .filter((line) => line.startsWith('npm '));
    expect(commands).to.deep.equal(['npm ci', 'npm run check', 'npm test']);
    for (const command of commands) expect(readme).to.include(command);
  });

  it('points to files that are there', () => {
    const links = [...readme.matchAll(/\]\(((?!http)[^)]+)\)/g)].map(([, path = '']) => path);
    expect(links.length).to.be.greaterThan(3);
    for (const path of links)
      expect(
        () => import.meta.resolve(`#root/${path}`) && read(path.replace(/^docker$/, 'docker/Dockerfile')),
      ).not.to.throw();
  });
});
