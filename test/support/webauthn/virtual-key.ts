import type { CDPSession, Page } from 'playwright-core';

/** An authenticator of Chromium's (DevTools protocol, domain WebAuthn). */
export interface VirtualKeyOptions {
  readonly protocol?: 'u2f' | 'ctap2';
  readonly transport?: 'usb' | 'nfc' | 'ble' | 'hybrid' | 'internal';
  /** It can keep passkeys. */
  readonly resident?: boolean;
  /** It can make sure who the person is. */
  readonly verifies?: boolean;
  /** It does so when it is asked; false is a wrong finger. */
  readonly verified?: boolean;
  /** Somebody touches it when it asks. */
  readonly touched?: boolean;
}

/** A credential as DevTools tells it. */
export interface VirtualCredential {
  readonly credentialId: string;
  readonly isResidentCredential: boolean;
  readonly rpId?: string;
  /** PKCS #8, base64. */
  readonly privateKey: string;
  readonly signCount: number;
}

/** The keys of one page. */
export class VirtualKeys {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  /** Gives a page keys of its own. */
  static async of(page: Page): Promise<VirtualKeys> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable', { enableUI: false });
    return new VirtualKeys(session);
  }

  /**
   * @param holds what it held before it was taken out
   * @returns the id of the authenticator
   */
  async plugIn(options: VirtualKeyOptions = {}, holds: readonly VirtualCredential[] = []): Promise<string> {
    const { protocol = 'ctap2', transport = 'usb', resident = false, verifies = false } = options;
    const { authenticatorId } = await this.#session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol,
        transport: transport === 'hybrid' ? ('cable' as const) : transport,
        ...(protocol === 'ctap2' && { ctap2Version: 'ctap2_1' as const }),
        hasResidentKey: resident,
        hasUserVerification: verifies,
        isUserVerified: options.verified ?? verifies,
        automaticPresenceSimulation: options.touched ?? true,
      },
    });
    for (const credential of holds) await this.#session.send('WebAuthn.addCredential', { authenticatorId, credential });
    return authenticatorId;
  }

  /** @returns what it holds, to plug it in again, on this page or another */
  async takeOut(authenticatorId: string): Promise<readonly VirtualCredential[]> {
    const credentials = await this.credentials(authenticatorId);
    await this.#session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
    // Keys of U2F know no name of what they are for.
    return credentials.map((credential) => ({ ...credential, rpId: credential.rpId ?? 'localhost' }));
  }

  async credentials(authenticatorId: string): Promise<readonly VirtualCredential[]> {
    return (await this.#session.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
  }
}
