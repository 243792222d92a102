import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { Keyring } from '../../src/crypto/keyring.ts';

const one = randomBytes(32);
const two = randomBytes(32);

describe('Keyring', () => {
  const keyring = new Keyring([one]);

  it('opens what it sealed', () => {
    for (const plain of ['', 'a', 'ünï😀', 'x'.repeat(100_000)]) {
      expect(keyring.open(keyring.seal(plain, 'row:1'), 'row:1')).to.equal(plain);
    }
  });

  it('seals the same value differently each time, more often than nonces are drawn', () => {
    const sealed = new Set(Array.from({ length: 1000 }, () => keyring.seal('same', 'row:1').slice(0, 26)));
    expect(sealed).to.have.property('size', 1000);
  });

  it('shows nothing of the value, the context or the key', () => {
    const sealed = keyring.seal('JBSWY3DPEHPK3PXP', 'row:1');
    expect(sealed).to.match(/^v1\.[\w-]{6}\.[\w-]+$/);
    expect(one.toString('base64url')).to.not.include(sealed.split('.')[1]);
  });

  it('opens nothing in another context', () => {
    const sealed = keyring.seal('secret', 'row:1');
    for (const context of ['row:2', '', 'row:1 ']) {
      expect(() => keyring.open(sealed, context), context)
        .to.throw()
        .with.property('message')
        .that.does.not.include('secret');
    }
  });

  it('opens nothing that was changed', () => {
    const sealed = keyring.seal('secret', 'row:1');
    const [version, id, body = ''] = sealed.split('.');
    const bytes = Buffer.from(body, 'base64url');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => keyring.open(`${version}.${id}.${changed.toString('base64url')}`, 'row:1'), `${index}`).to.throw();
    }
    for (const text of [
      '',
      '.',
      'v1',
      `v2.${id}.${body}`,
      `v1.${id}.`,
      `v1.AAAAAA.${body}`,
      body,
      sealed.slice(0, -4),
    ]) {
      expect(() => keyring.open(text, 'row:1'), text).to.throw();
    }
  });

  it('seals with the first key and opens with every key', () => {
    const old = keyring.seal('secret', 'row:1');
    const rotated = new Keyring([two, one]);
    expect(rotated.open(old, 'row:1')).to.equal('secret');
    expect(rotated.isOutdated(old)).to.equal(true);
    const renewed = rotated.seal('secret', 'row:1');
    expect(rotated.isOutdated(renewed)).to.equal(false);
    expect(() => keyring.open(renewed, 'row:1')).to.throw('not in the keyring');
    expect(new Keyring([two]).open(renewed, 'row:1')).to.equal('secret');
  });

  it('takes what no key of it could have sealed for outdated', () => {
    expect(keyring.isOutdated('')).to.equal(true);
    expect(keyring.isOutdated('v1.AAAAAA.AAAA')).to.equal(true);
  });

  describe('digests', () => {
    it('differ by value, purpose and key, and are the same every time', () => {
      const digest = keyring.digest('value', 'purpose');
      expect(digest).to.match(/^[\w-]{43}$/);
      expect(keyring.digest('value', 'purpose')).to.equal(digest);
      expect(keyring.digest('value2', 'purpose')).to.not.equal(digest);
      expect(keyring.digest('value', 'purpose2')).to.not.equal(digest);
      expect(new Keyring([two]).digest('value', 'purpose')).to.not.equal(digest);
    });

    it('survive a new key in front', () => {
      expect(new Keyring([two, one]).digest('value', 'purpose')).to.equal(keyring.digest('value', 'purpose'));
    });
  });

  describe('parsing', () => {
    it('reads base64 and base64url, padded or not', () => {
      const key = Buffer.alloc(32, 0xfb);
      const sealed = new Keyring([key]).seal('secret', 'row:1');
      const texts = [
        key.toString('base64'),
        key.toString('base64url'),
        ` ${key.toString('base64').replace('=', '')}\n`,
      ];
      for (const text of texts) expect(Keyring.parse([text]).open(sealed, 'row:1'), text).to.equal('secret');
    });

    it('says which key is wrong, without showing it', () => {
      const good = one.toString('base64');
      for (const bad of [
        '',
        'short',
        randomBytes(31).toString('base64'),
        randomBytes(33).toString('base64'),
        `${good.slice(0, -2)}!=`,
      ]) {
        expect(() => Keyring.parse([good, bad])).to.throw(/^encryption key 2: expected 32 bytes in base64$/);
      }
    });

    it('refuses none, and the same one twice', () => {
      const good = one.toString('base64');
      expect(() => Keyring.parse([])).to.throw('at least one');
      expect(() => Keyring.parse([good, good])).to.throw('twice');
    });
  });
});
