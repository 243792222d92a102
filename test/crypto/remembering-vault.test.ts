import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { Keyring } from '../../src/crypto/keyring.ts';
import { rememberingVault } from '../../src/crypto/remembering-vault.ts';
import type { Vault } from '../../src/domain/ports.ts';

/** A vault over a keyring, and how often that was asked to open something. */
function counting(): { vault: Vault; keyring: Keyring; opened: () => number } {
  const keyring = new Keyring([randomBytes(32)]);
  let count = 0;
  const counted: Vault = {
    seal: (plain, context) => keyring.seal(plain, context),
    open: (sealed, context) => {
      count += 1;
      return keyring.open(sealed, context);
    },
    isOutdated: (sealed) => keyring.isOutdated(sealed),
    digest: (value, purpose) => keyring.digest(value, purpose),
  };
  return { vault: rememberingVault(counted), keyring, opened: () => count };
}

describe('rememberingVault', () => {
  it('opens what it sealed without opening it', () => {
    const { vault, keyring, opened } = counting();
    const sealed = vault.seal('plain', 'row:1');
    expect(vault.open(sealed, 'row:1')).to.equal('plain');
    expect(opened()).to.equal(0);
    expect(keyring.open(sealed, 'row:1')).to.equal('plain');
  });

  it('opens what somebody else sealed once', () => {
    const { vault, keyring, opened } = counting();
    const sealed = keyring.seal('plain', 'row:1');
    for (let time = 0; time < 3; time += 1) expect(vault.open(sealed, 'row:1')).to.equal('plain');
    expect(opened()).to.equal(1);
  });

  it('opens nothing in another context, nor anything that was changed', () => {
    const { vault } = counting();
    const sealed = vault.seal('plain', 'row:1');
    expect(() => vault.open(sealed, 'row:2')).to.throw();
    expect(() => vault.open(sealed.slice(0, -1), 'row:1')).to.throw();
    expect(vault.open(sealed, 'row:1')).to.equal('plain');
  });

  it('forgets what is not among the last thousand, and keeps nothing long', () => {
    const { vault, opened } = counting();
    const [first, long] = [vault.seal('first', 'row:1'), vault.seal('x'.repeat(5_000), 'row:1')];
    for (let index = 0; index < 1_000; index += 1) vault.seal(`${index}`, 'row:1');
    expect(vault.open(first, 'row:1')).to.equal('first');
    expect(opened()).to.equal(1);
    expect(vault.open(long, 'row:1')).to.have.length(5_000);
    expect(opened()).to.equal(2);
  });

  it('digests and judges as the vault that it is over', () => {
    const { vault, keyring } = counting();
    expect(vault.digest('value', 'purpose')).to.equal(keyring.digest('value', 'purpose'));
    expect(vault.isOutdated(vault.seal('plain', 'row:1'))).to.equal(false);
    expect(vault.isOutdated('v1.AAAAAA.x')).to.equal(true);
  });
});
