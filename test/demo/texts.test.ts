import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { keysOf } from '../../src/web/texts.ts';

const folder = fileURLToPath(new URL('../', import.meta.resolve('#root/src/demo/site/texts/en.json')));

function texts(locale: string) {
  return JSON.parse(readFileSync(`${folder}texts/${locale}.json`, 'utf8'));
}

describe('texts of the demo application', () => {
  it('are the same in both languages', () => {
    expect(keysOf(texts('nl'))).to.deep.equal(keysOf(texts('en')));
  });

  it('are there for every key that a page names', () => {
    const known = new Set(keysOf(texts('en')));
    const pages = readdirSync(`${folder}pages`).map((file) => readFileSync(`${folder}pages/${file}`, 'utf8'));
    const named = pages.flatMap((page) => [...page.matchAll(/it\.t\('([\w.-]+)'/g)].map(([, key]) => key ?? ''));
    expect(named.length).to.be.greaterThan(30);
    expect(named.filter((key) => !known.has(key))).to.deep.equal([]);
  });
});
