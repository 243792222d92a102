import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { createAssets } from '../../src/web/assets.ts';
import { temporaryDirectory } from '../support/directory.ts';

const assets = createAssets({ brand: { name: 'Site', colour: '#7a1f5c' }, base: '/id' });
const path = assets.href('sluis.css').slice('/id'.length);

describe('assets', () => {
  it('puts base path and hash in the address', () => {
    expect(assets.href('sluis.css')).to.match(/^\/id\/assets\/sluis\.[0-9a-f]{10}\.css$/);
  });

  it('changes the address with the content', () => {
    const other = createAssets({ brand: { name: 'Site', colour: '#123456' } });
    expect(other.href('brand.css')).to.not.equal(assets.href('brand.css').slice('/id'.length));
  });

  it('answers with what a cache needs', () => {
    const answer = assets.answer({ path });
    expect(answer?.status).to.equal(200);
    expect(answer?.headers).to.include({
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': 'public, max-age=31536000, immutable',
      Vary: 'Accept-Encoding',
      'X-Content-Type-Options': 'nosniff',
    });
  });

  it('answers 304 to who has it', () => {
    const tag = assets.answer({ path })?.headers.ETag;
    expect(assets.answer({ path, ifNoneMatch: `"other", W/${tag}` })).to.include({ status: 304 });
    expect(assets.answer({ path, ifNoneMatch: `"other", W/${tag}` })).to.not.have.property('body');
    expect(assets.answer({ path, ifNoneMatch: '"other"' })).to.include({ status: 200 });
  });

  it('compresses for who can unpack it, with a tag of its own', () => {
    const plain = assets.answer({ path });
    const brotli = assets.answer({ path, acceptEncoding: 'gzip, br' });
    const gzip = assets.answer({ path, acceptEncoding: 'gzip;q=0.5, br;q=0' });
    expect(brotli?.headers['Content-Encoding']).to.equal('br');
    expect(gzip?.headers['Content-Encoding']).to.equal('gzip');
    expect(plain?.headers).to.not.have.property('Content-Encoding');
    expect(brotliDecompressSync(brotli?.body ?? '')).to.deep.equal(plain?.body);
    expect(gunzipSync(gzip?.body ?? '')).to.deep.equal(plain?.body);
    expect(new Set([plain, brotli, gzip].map((answer) => answer?.headers.ETag)).size).to.equal(3);
  });

  it('knows no other path', () => {
    for (const other of ['/assets/sluis.css', '/assets/../texts/en.json', '/assets/', '/', '/assets/__proto__']) {
      expect(assets.answer({ path: other }), other).to.equal(undefined);
    }
    expect(assets.has('tsconfig.json')).to.equal(false);
    expect(() => assets.href('nothing.js')).to.throw('nothing.js');
  });

  it("serves a deployment's logo, which may run no script", async () => {
    const directory = await temporaryDirectory();
    const logo = join(directory.path, 'logo.svg');
    writeFileSync(logo, '<svg xmlns="http://www.w3.org/2000/svg"/>');
    const own = createAssets({ brand: { name: 'Site', logo } });
    const answer = own.answer({ path: own.href('logo') });
    expect(answer?.headers).to.include({ 'Content-Type': 'image/svg+xml' });
    expect(answer?.headers['Content-Security-Policy']).to.contain("default-src 'none'");
    await directory.remove();
  });

  it('refuses a logo that is no picture', () => {
    expect(() => createAssets({ brand: { name: 'Site', logo: 'package.json' } })).to.throw('.svg');
  });
});
