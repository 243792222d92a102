import { expect } from 'chai';
import fc from 'fast-check';
import { acceptHash, readHash } from '../../src/crypto/accept-hash.ts';
import { samples } from './hash-samples.ts';

const salt = 'c2FsdHNhbHRzYWx0c2FsdA';
const digest = 'A'.repeat(43);

describe('acceptHash', () => {
  for (const { by, secret, encoded } of samples) {
    it(`reads ${by}`, async () => {
      const hash = readHash(encoded);
      if (typeof hash === 'string') throw new Error(hash);
      expect(acceptHash(encoded)).to.deep.equal({ ok: true, kind: hash.kind });
      expect(await hash.matches(secret)).to.equal(true);
      expect(await hash.matches(`${secret}.`)).to.equal(false);
    });

    it(`makes a kind of ${by} that is of itself`, async () => {
      const hash = readHash(encoded);
      if (typeof hash === 'string') throw new Error(hash);
      const kind = readHash(hash.kind);
      if (typeof kind === 'string') throw new Error(kind);
      expect(kind.kind).to.equal(hash.kind);
      expect(await kind.matches(secret)).to.equal(false);
      expect(hash.kind).not.to.include(encoded.split('$').at(-1));
    });
  }

  it('tells kinds apart by what they cost, not by salt or digest', () => {
    const kindOf = (encoded: string) => {
      const accepted = acceptHash(encoded);
      return accepted.ok ? accepted.kind : accepted.reason;
    };
    expect(kindOf('$2a$10$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW')).to.equal(
      kindOf('$2y$10$OOOOOOOOOOOOOOOOOOOOO.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'),
    );
    expect(kindOf(`pbkdf2_sha256$1000$seasalt$${digest}=`)).to.equal(
      kindOf(`$pbkdf2-sha256$i=1000,l=32$${salt}$${digest}`),
    );
    expect(kindOf(`$pbkdf2-sha256$i=1000$${salt}$${'A'.repeat(86)}`)).not.to.equal(
      kindOf(`$pbkdf2-sha256$i=1000$${salt}$${digest}`),
    );
  });

  const refused: readonly [string, 'too-costly' | 'malformed' | 'unknown-scheme', string][] = [
    ['argon2 with 256 MiB', 'too-costly', `$argon2id$v=19$m=262144,t=1,p=1$${salt}$${digest}`],
    ['argon2 with a thousand passes', 'too-costly', `$argon2id$v=19$m=19456,t=1000,p=1$${salt}$${digest}`],
    ['argon2 with 200 lanes', 'too-costly', `$argon2id$v=19$m=19456,t=1,p=200$${salt}$${digest}`],
    ['argon2 with less memory than its lanes need', 'malformed', `$argon2id$v=19$m=7,t=1,p=1$${salt}$${digest}`],
    ['argon2 with a short digest', 'malformed', `$argon2id$v=19$m=19456,t=2,p=1$${salt}$AAAA`],
    ['argon2 with stray bits in its digest', 'malformed', `$argon2id$v=19$m=19456,t=2,p=1$${salt}$${'A'.repeat(42)}B`],
    ['argon2 with a key id', 'malformed', `$argon2id$v=19$m=19456,t=2,p=1,keyid=AA$${salt}$${digest}`],
    ['argon2d', 'unknown-scheme', `$argon2d$v=19$m=19456,t=2,p=1$${salt}$${digest}`],
    ['bcrypt of cost 15', 'too-costly', '$2b$15$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
    ['bcrypt of cost 3', 'malformed', '$2b$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
    ['bcrypt with stray bits in its salt', 'malformed', '$2b$10$CCCCCCCCCCCCCCCCCCCCCaE5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
    [
      'bcrypt with stray bits in its digest',
      'malformed',
      '$2b$10$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeX',
    ],
    ['bcrypt of the broken $2x$', 'unknown-scheme', '$2x$10$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
    ['scrypt with 256 MiB', 'too-costly', `$scrypt$ln=18,r=8,p=1$${salt}$${digest}`],
    ['scrypt of much work', 'too-costly', `$scrypt$ln=14,r=8,p=100$${salt}$${digest}`],
    ['scrypt of N=1', 'malformed', `$scrypt$ln=0,r=8,p=1$${salt}$${digest}`],
    ['scrypt without a salt', 'malformed', `$scrypt$ln=14,r=8,p=1$$${digest}`],
    ['PBKDF2 of ten million rounds', 'too-costly', `pbkdf2_sha256$10000000$seasalt$${digest}=`],
    ['PBKDF2 of many blocks', 'too-costly', `$pbkdf2-sha1$i=600000$${salt}$${'A'.repeat(86)}`],
    ['PBKDF2 of no rounds', 'malformed', `pbkdf2_sha256$0$seasalt$${digest}=`],
    ['PBKDF2 over MD5', 'unknown-scheme', `pbkdf2_md5$1000$seasalt$${digest}=`],
    ['PBKDF2 over SHA-224', 'malformed', `pbkdf2_sha224$1000$seasalt$${digest}=`],
    ['plain text', 'unknown-scheme', 'hunter2'],
    ['nothing', 'unknown-scheme', ''],
    ['a megabyte', 'malformed', `$2b$10$${'C'.repeat(1_000_000)}`],
  ];
  for (const [what, reason, encoded] of refused) {
    it(`refuses ${what}: ${reason}`, () => {
      expect(acceptHash(encoded)).to.deep.equal({ ok: false, reason });
    });
  }

  it('answers for any text', () => {
    const prefix = fc.constantFrom('', '$argon2id$', '$2b$', '$scrypt$', '$pbkdf2-sha256$', 'pbkdf2_sha256$');
    fc.assert(
      fc.property(prefix, fc.string({ unit: 'grapheme' }), (start, rest) => {
        expect(acceptHash(start + rest).ok).to.equal(false);
      }),
    );
  });
});
