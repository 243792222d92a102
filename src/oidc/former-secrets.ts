import { createHash, timingSafeEqual } from 'node:crypto';
import type { Provider } from 'oidc-provider';
import type { Clock } from '../domain/clock.ts';
import type { Clients } from '../domain/ports.ts';

/**
 * Lets a client prove who it is by its secret of before, too, as long as that is good (RFC 6749, section 2.3.1): whoever runs the
 * application needs time to put the new one in its place.
 *
 * oidc-provider compares secrets by `client.compareClientSecret(secret)` for `client_secret_basic` and `client_secret_post` alike. The
 * method is replaced on the class of this one provider.
 */
export function acceptFormerSecrets(
  provider: Provider,
  { clients, clock }: { readonly clients: Pick<Clients, 'byId'>; readonly clock: Clock },
): void {
  const own = Reflect.get(provider.Client.prototype, 'compareClientSecret');
  if (typeof own !== 'function') throw new TypeError('oidc-provider has no Client.prototype.compareClientSecret');
  Object.defineProperty(provider.Client.prototype, 'compareClientSecret', {
    async value(this: { readonly clientId: string }, given: string): Promise<boolean> {
      const isPresent: unknown = await own.call(this, given);
      const former = (await clients.byId(this.clientId))?.formerSecret;
      const stands = former !== undefined && clock.now() < former.until;
      // Always compared with something, so that the time tells nobody that there are two.
      const isFormer = timingSafeEqual(digest(given), digest(former?.value ?? ''));
      return isPresent === true || (stands && isFormer);
    },
  });
}

/** Of one length, whatever was given. */
function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
