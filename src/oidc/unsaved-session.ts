import type { Provider } from 'oidc-provider';

/**
 * Nothing of a session is kept that was never saved. oidc-provider's device flow (RFC 8628), opened without one, puts something on it
 * after the moment for saving has passed, and then fails with a fault of its own.
 */
export function leaveUnsavedSessions({ Session }: Pick<Provider, 'Session'>): void {
  const persist: unknown = Reflect.get(Session.prototype, 'persist');
  if (typeof persist !== 'function')
    throw new TypeError('oidc-provider saves no session through Session.prototype.persist');
  Object.defineProperty(Session.prototype, 'persist', {
    async value(this: { readonly exp?: number }) {
      return this.exp === undefined ? undefined : persist.call(this);
    },
  });
}
