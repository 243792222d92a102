import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';

/** Whom a request comes from, as far as it can be believed. */
export type AddressOf = (request: IncomingMessage) => string;

/**
 * The address that limits and the audit log go by: the rightmost hop that is not a trusted proxy. Everything left of it in
 * `X-Forwarded-For` was written by the client and is worth nothing. IPv6 counts by /64, which is what one household or office gets.
 *
 * @param trustedProxies addresses or CIDR ranges
 */
export function addressOf(trustedProxies: readonly string[]): AddressOf {
  const trusted = trustedProxies.map((range) => ipaddr.parseCIDR(range.includes('/') ? range : wholeAddress(range)));
  const isTrusted = (address: Address) =>
    trusted.some(([network, bits]) => network.kind() === address.kind() && address.match([network, bits]));
  return ({ socket, headers }) => {
    const forwarded = headers['x-forwarded-for'];
    const hops = [forwarded ?? []]
      .flat()
      .join(',')
      .split(',')
      .filter((hop) => hop.trim() !== '');
    let nearest = parse(socket.remoteAddress ?? '');
    while (nearest !== undefined && isTrusted(nearest)) {
      const hop = hops.pop();
      // A trusted proxy that names nobody, or nothing readable, speaks for itself.
      const next = hop === undefined ? undefined : parse(hop.trim());
      if (next === undefined) break;
      nearest = next;
    }
    return nearest === undefined ? 'unknown' : asKey(nearest);
  };
}

type Address = ReturnType<typeof ipaddr.process>;

function parse(text: string): Address | undefined {
  const bare = text
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/%.*$/, '');
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : undefined;
}

function asKey(address: Address): string {
  if (address.kind() === 'ipv4') return address.toString();
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${address.toNormalizedString()}/64`);
  return `${network.toString()}/64`;
}

function wholeAddress(text: string): string {
  return `${text}/${ipaddr.parse(text).kind() === 'ipv4' ? 32 : 128}`;
}
