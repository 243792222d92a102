import type { Vault } from '../domain/ports.ts';

/** Values that are kept open, and characters beyond which a sealed one is not. */
const MOST = 1_000;
const LONGEST = 4_096;

interface Opened {
  readonly plain: string;
  readonly context: string;
}

/**
 * A vault that keeps open what it sealed or opened last: what passes between the requests of one sign-in is sealed once and read
 * several times within a second, and opening it costs more than fetching it. Another text or another context is opened as ever, so that
 * nothing which was changed or moved is believed. For what soon passes alone: a secret that lasts should not lie open in memory.
 */
export function rememberingVault(vault: Vault): Vault {
  const known = new Map<string, Opened>();

  function remember(sealed: string, opened: Opened): void {
    if (sealed.length > LONGEST) return;
    known.set(sealed, opened);
    if (known.size <= MOST) return;
    const [oldest] = known.keys();
    if (oldest !== undefined) known.delete(oldest);
  }

  return {
    seal(plain, context) {
      const sealed = vault.seal(plain, context);
      remember(sealed, { plain, context });
      return sealed;
    },
    open(sealed, context) {
      const before = known.get(sealed);
      if (before?.context === context) return before.plain;
      const plain = vault.open(sealed, context);
      remember(sealed, { plain, context });
      return plain;
    },
    isOutdated: (sealed) => vault.isOutdated(sealed),
    digest: (value, purpose) => vault.digest(value, purpose),
  };
}
