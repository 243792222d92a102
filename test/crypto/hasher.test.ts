import { hash as bcrypt } from '@node-rs/bcrypt';
import { expect } from 'chai';
import { argon2idKind } from '../../src/crypto/hash-argon2.ts';
import { createHasher, type HasherSettings, LONGEST_SECRET } from '../../src/crypto/hasher.ts';
import { Failure } from '../../src/domain/failure.ts';
import { samples } from './hash-samples.ts';

const costs = { memory: 256, passes: 1, lanes: 1 };
const ownKind = argon2idKind(costs);

/** A hasher that costs next to nothing, and a count of its hashes per kind. */
function counted(settings: Partial<HasherSettings> = {}) {
  const kinds: string[] = [];
  const hasher = createHasher({ atOnce: 2, costs, onHash: (kind) => kinds.push(kind), ...settings });
  async function work(verification: Promise<boolean>) {
    expect(await verification).to.equal(false);
    return kinds.splice(0).sort();
  }
  return { hasher, kinds, work };
}

describe('createHasher', () => {
  it('verifies what it hashed', async () => {
    const { hasher } = counted();
    const encoded = await hasher.hash('correct horse');
    expect(encoded).to.match(/^\$argon2id\$v=19\$m=256,t=1,p=1\$/);
    expect(await hasher.verify(encoded, 'correct horse')).to.equal(true);
    expect(await hasher.verify(encoded, 'wrong horse')).to.equal(false);
    expect(hasher.isOutdated(encoded)).to.equal(false);
    expect(await hasher.hash('correct horse')).not.to.equal(encoded);
  });

  it('hashes with 19 MiB, two passes and one lane unless told otherwise', async () => {
    const hasher = createHasher({ atOnce: 1 });
    expect(await hasher.hash('correct horse')).to.match(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('refuses costs whose hashes it would not accept', () => {
    expect(() => createHasher({ atOnce: 1, costs: { memory: 1_048_576, passes: 1, lanes: 1 } })).to.throw(RangeError);
  });

  it('takes the same password in another Unicode form', async () => {
    const { hasher } = counted();
    const encoded = await hasher.hash('Gro\u0308\u00dfe \ufb01n');
    expect(await hasher.verify(encoded, 'Gr\u00f6\u00dfe fin')).to.equal(true);
  });

  it('takes a password that another system hashed as it was typed', async () => {
    const typed = 'Gro\u0308sse';
    const encoded = await bcrypt(typed, { cost: 4 });
    const { hasher, kinds, work } = counted({ kinds: async () => [hasher.kindOf(encoded) ?? ''] });
    expect(await hasher.verify(encoded, typed)).to.equal(true);
    kinds.length = 0;
    const unknown = await work(hasher.verify(undefined, 'wro\u0308ng'));
    expect(unknown).to.have.length(4);
    expect(await work(hasher.verify(encoded, 'wro\u0308ng'))).to.deep.equal(unknown);
  });

  it('costs one argon2id for a wrong password, an unknown name and an unreadable hash', async () => {
    const { hasher, kinds, work } = counted();
    const encoded = await hasher.hash('correct horse');
    kinds.length = 0;
    expect(await work(hasher.verify(encoded, 'wrong horse'))).to.deep.equal([ownKind]);
    expect(await work(hasher.verify(undefined, 'wrong horse'))).to.deep.equal([ownKind]);
    expect(await work(hasher.verify('$2b$31$hostile', 'wrong horse'))).to.deep.equal([ownKind]);
  });

  it('costs one hash of each stored kind, whoever is asked for', async () => {
    const salt = 'c2FsdHNhbHRzYWx0c2FsdA';
    const digest = 'c2FsdHNhbHRzYWx0c2FsdHNhbHRzYWx0c2FsdHNhbHQ';
    const stored = [
      `$argon2i$v=19$m=64,t=1,p=1$${salt}$${digest}`,
      `$argon2id$v=19$m=64,t=2,p=1$${salt}$${digest}`,
      '$2y$04$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
      '$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
      `$scrypt$ln=4,r=8,p=1$${salt}$${digest}`,
      `$pbkdf2-sha512$1000$${salt}$${digest}`,
      `pbkdf2_sha256$1000$${salt}$${digest}=`,
    ];
    const { hasher, kinds, work } = counted({ kinds: async () => stored.flatMap((one) => hasher.kindOf(one) ?? []) });
    const own = await hasher.hash('correct horse');
    kinds.length = 0;
    const unknown = await work(hasher.verify(undefined, 'wrong'));
    expect(unknown).to.have.length(stored.length + 1);
    for (const encoded of [own, ...stored]) {
      expect(await work(hasher.verify(encoded, 'wrong')), encoded).to.deep.equal(unknown);
    }
  });

  for (const { by, secret, encoded } of samples) {
    it(`verifies ${by}, and says that it is outdated`, async () => {
      const { hasher, kinds } = counted();
      expect(await hasher.verify(encoded, secret)).to.equal(true);
      expect(kinds).to.deep.equal([hasher.kindOf(encoded)]);
      expect(hasher.isOutdated(encoded)).to.equal(true);
    });
  }

  it('calls hashes of other costs, and unreadable ones, outdated', async () => {
    const encoded = await counted({ costs: { ...costs, passes: 2 } }).hasher.hash('correct horse');
    expect(counted().hasher.isOutdated(encoded)).to.equal(true);
    expect(counted().hasher.isOutdated('nonsense')).to.equal(true);
    expect(counted().hasher.kindOf('nonsense')).to.equal(undefined);
  });

  it('does not hash what is absurdly long, and fails at the same cost', async () => {
    const { hasher, kinds, work } = counted();
    const longest = 'é'.repeat(LONGEST_SECRET / 2);
    const encoded = await hasher.hash(longest);
    expect(await hasher.verify(encoded, longest)).to.equal(true);
    kinds.length = 0;
    expect(await work(hasher.verify(encoded, 'x'.repeat(1_000_000)))).to.deep.equal([ownKind]);
    for (const refused of [hasher.hash(`${longest}x`), hasher.derive(`${longest}x`, 'c2FsdHNhbHRzYWx0')]) {
      expect(await refused.catch((error: unknown) => error)).to.be.instanceOf(RangeError);
    }
    expect(kinds).to.deep.equal([]);
  });

  it('derives the same from the same secret and salt alone', async () => {
    const { hasher, kinds } = counted();
    const derived = await hasher.derive('12345678', 'c2FsdHNhbHRzYWx0');
    expect(derived).to.match(/^[\w-]{43}$/);
    expect(await hasher.derive('12345678', 'c2FsdHNhbHRzYWx0')).to.equal(derived);
    expect(await hasher.derive('12345679', 'c2FsdHNhbHRzYWx0')).not.to.equal(derived);
    expect(await hasher.derive('12345678', 'c2FsdHNhbHRzYWx1')).not.to.equal(derived);
    expect(kinds).to.deep.equal(Array(4).fill(ownKind));
  });

  it('turns work away when too much of it waits', async () => {
    const { hasher } = counted({ atOnce: 1, waiting: 2 });
    const answers = await Promise.allSettled(Array.from({ length: 5 }, () => hasher.hash('correct horse')));
    const turnedAway = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
    expect(turnedAway).to.have.length(2);
    for (const failure of turnedAway) expect(failure).to.be.instanceOf(Failure).and.include({ code: 'busy' });
  });

  it('fails when the stored kinds cannot be read', async () => {
    const { hasher } = counted({ kinds: () => Promise.reject(new Error('store')) });
    const failed = await hasher.verify(undefined, 'x').catch(({ message }: Error) => message);
    expect(failed).to.equal('store');
  });
});
