import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomFillSync,
} from 'node:crypto';
import type { Vault } from '../domain/ports.ts';

const VERSION = 'v1';
const KEY_BYTES = 32;
const KEY_ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NONCES_AT_ONCE = 256;

/**
 * Seals with AES-256-GCM (NIST SP 800-38D) and a random 96-bit nonce. The first key seals, every key opens.
 * A sealed value reads `v1.<key id>.<base64url of nonce, ciphertext and tag>`; its context is authenticated, not stored.
 * One key should seal no more than 2^32 values (section 8.3), so a busy deployment puts a new one in front every few months.
 *
 * Digests come from the *last* key. They are looked up (a session by its cookie, an account by its number), so a new key put
 * in front must not change them. They do change when the last key is dropped: sessions end then, and stored digests
 * have to be made anew.
 *
 * To replace a key: put the new one first, reencrypt, drop the old one, reencrypt once more.
 */
export class Keyring implements Vault {
  readonly #first: Key;
  readonly #keys: ReadonlyMap<string, Key>;
  readonly #digestKey: KeyObject;
  readonly #nonces = Buffer.alloc(NONCE_BYTES * NONCES_AT_ONCE);
  #used = NONCES_AT_ONCE;

  /**
   * @param keys 32 random bytes each
   * @throws when there is none, one has another length, or two have the same id
   */
  constructor(keys: readonly Uint8Array[]) {
    const derived = keys.map(deriveKey);
    const [first] = derived;
    const oldest = keys.at(-1);
    if (first === undefined || oldest === undefined) throw new Error('encryption keys: at least one is needed');
    this.#first = first;
    this.#keys = new Map(derived.map((key) => [key.id, key]));
    if (this.#keys.size < derived.length) throw new Error('encryption keys: the same key is given twice');
    this.#digestKey = createSecretKey(subkey(oldest, 'digest', KEY_BYTES));
  }

  /**
   * @param texts each 32 bytes in base64 or base64url
   * @throws an error that names the place in the list, never the key
   */
  static parse(texts: readonly string[]): Keyring {
    return new Keyring(texts.map(decode));
  }

  seal(plain: string, context: string): string {
    const nonce = this.#nonce();
    const cipher = createCipheriv('aes-256-gcm', this.#first.cipherKey, nonce);
    cipher.setAAD(Buffer.from(context));
    const body = cipher.update(plain, 'utf8');
    cipher.final();
    return this.#first.prefix + Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url');
  }

  open(sealed: string, context: string): string {
    const [version, id = '', body = ''] = sealed.split('.');
    const key = this.#keys.get(id);
    if (version !== VERSION || key === undefined) throw new Error('sealed with a key that is not in the keyring');
    const bytes = Buffer.from(body, 'base64url');
    if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new Error('sealed value is too short');
    const decipher = createDecipheriv('aes-256-gcm', key.cipherKey, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const plain = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    decipher.final();
    return plain.toString('utf8');
  }

  isOutdated(sealed: string): boolean {
    return !sealed.startsWith(this.#first.prefix);
  }

  digest(value: string, purpose: string): string {
    return createHmac('sha256', this.#digestKey).update(`${purpose}\0${value}`).digest('base64url');
  }

  /** Random bytes are drawn for many nonces at once: a draw costs more than the encryption. None is used twice. */
  #nonce(): Buffer {
    if (this.#used === NONCES_AT_ONCE) {
      randomFillSync(this.#nonces);
      this.#used = 0;
    }
    const start = this.#used * NONCE_BYTES;
    this.#used += 1;
    return this.#nonces.subarray(start, start + NONCE_BYTES);
  }
}

interface Key {
  readonly id: string;
  readonly prefix: string;
  readonly cipherKey: KeyObject;
}

function decode(text: string, index: number): Buffer {
  const trimmed = text.trim();
  const bytes = Buffer.from(trimmed, 'base64url');
  if (!/^[\w+/-]+={0,2}$/.test(trimmed) || bytes.length !== KEY_BYTES) {
    throw new Error(`encryption key ${index + 1}: expected ${KEY_BYTES} bytes in base64`);
  }
  return bytes;
}

function deriveKey(bytes: Uint8Array, index: number): Key {
  if (bytes.length !== KEY_BYTES) {
    throw new Error(`encryption key ${index + 1}: expected ${KEY_BYTES} bytes, got ${bytes.length}`);
  }
  const id = subkey(bytes, 'id', KEY_ID_BYTES).toString('base64url');
  return { id, prefix: `${VERSION}.${id}.`, cipherKey: createSecretKey(subkey(bytes, 'seal', KEY_BYTES)) };
}

/** HKDF-SHA-256 (RFC 5869): no use of a key tells anything about another. */
function subkey(key: Uint8Array, use: string, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `sluis keyring ${use}`, length));
}
