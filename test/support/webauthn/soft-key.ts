import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

/** What a ceremony asks for, as options name it. */
export interface Challenge {
  readonly challenge: string;
  readonly rpId: string;
  readonly origin: string;
}

/** What is unusual about one answer. */
export interface Oddity {
  readonly clientData?: object;
  /** In place of the RP ID's. */
  readonly rpId?: string;
  /** User presence, user verification, backup eligibility. */
  readonly present?: boolean;
  readonly verified?: boolean;
  readonly synced?: boolean;
  readonly counter?: number;
  readonly algorithm?: number;
  readonly aaguid?: string;
  readonly userHandle?: string;
  readonly rk?: boolean;
  /** Makes the attestation statement; by default there is none. @param signed what it has to sign */
  readonly attest?: (signed: Buffer) => { fmt: string; attStmt: ReadonlyMap<string, unknown> };
}

/** An authenticator in software, for what no browser would do. */
export class SoftKey {
  readonly id = randomBytes(32);
  counter = 0;
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;

  constructor() {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#privateKey = pair.privateKey;
    this.#publicKey = pair.publicKey;
  }

  /** `PublicKeyCredential.toJSON()` of a registration. */
  register(asked: Challenge, oddity: Oddity = {}): object {
    const clientData = this.#clientData('webauthn.create', asked, oddity);
    const authData = Buffer.concat([this.#head(asked, oddity, 0x40), this.#attested(oddity)]);
    const signed = Buffer.concat([authData, hash(clientData)]);
    const { fmt, attStmt } = oddity.attest?.(signed) ?? { fmt: 'none', attStmt: new Map() };
    const attestation = isoCBOR.encode(
      new Map<string, never>([
        ['fmt', fmt as never],
        ['attStmt', attStmt as never],
        ['authData', Uint8Array.from(authData) as never],
      ]),
    );
    return {
      ...this.#named(),
      response: {
        clientDataJSON: clientData.toString('base64url'),
        attestationObject: Buffer.from(attestation).toString('base64url'),
        transports: ['usb', 'unheard-of'],
      },
      clientExtensionResults: oddity.rk === undefined ? {} : { credProps: { rk: oddity.rk } },
    };
  }

  /** `PublicKeyCredential.toJSON()` of a signature. */
  answer(asked: Challenge, oddity: Oddity = {}): object {
    const clientData = this.#clientData('webauthn.get', asked, oddity);
    this.counter = oddity.counter ?? this.counter + 1;
    const authData = this.#head(asked, { ...oddity, counter: this.counter }, 0);
    const signature = sign('sha256', Buffer.concat([authData, hash(clientData)]), this.#privateKey);
    return {
      ...this.#named(),
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: signature.toString('base64url'),
        ...(oddity.userHandle !== undefined && { userHandle: oddity.userHandle }),
      },
      clientExtensionResults: {},
    };
  }

  /** As a system that knows U2F stored it: handle and uncompressed point, base64url. */
  u2f(): { keyHandle: string; publicKey: string } {
    return {
      keyHandle: this.id.toString('base64url'),
      publicKey: Buffer.concat([Buffer.of(4), this.#point().x, this.#point().y]).toString('base64url'),
    };
  }

  #named() {
    const id = this.id.toString('base64url');
    return { id, rawId: id, type: 'public-key' };
  }

  #clientData(type: string, { challenge, origin }: Challenge, oddity: Oddity): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false, ...oddity.clientData }));
  }

  #head({ rpId }: Challenge, oddity: Oddity, flags: number): Buffer {
    const { present = true, verified = false, synced = false, counter = 0 } = oddity;
    const all = flags | (present ? 1 : 0) | (verified ? 4 : 0) | (synced ? 0x18 : 0);
    const tail = Buffer.alloc(5);
    tail.writeUInt8(all, 0);
    tail.writeUInt32BE(counter, 1);
    return Buffer.concat([hash(Buffer.from(oddity.rpId ?? rpId)), tail]);
  }

  #attested({ aaguid = '00000000-0000-0000-0000-000000000000', algorithm = -7 }: Oddity): Buffer {
    const { x, y } = this.#point();
    const key = new Map<number, number | Uint8Array>([
      [1, 2],
      [3, algorithm],
      [-1, 1],
      [-2, Uint8Array.from(x)],
      [-3, Uint8Array.from(y)],
    ]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    return Buffer.concat([Buffer.from(aaguid.replaceAll('-', ''), 'hex'), length, this.id, isoCBOR.encode(key)]);
  }

  #point(): { x: Buffer; y: Buffer } {
    const { x = '', y = '' } = this.#publicKey.export({ format: 'jwk' });
    return { x: Buffer.from(x, 'base64url'), y: Buffer.from(y, 'base64url') };
  }
}

function hash(data: Buffer): Buffer {
  return createHash('sha256').update(data).digest();
}
