import { lookup as resolve } from 'node:dns';
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Bytes of an answer that are read; nothing that oidc-provider fetches is larger. */
const LONGEST = 262_144;

/**
 * Calls addresses that clients registered (their back-channel logout, their keys), and none inside the network that Sluis runs in.
 * The address that is checked is the one that is connected to, so a name that resolves differently a moment later gains nothing.
 * Redirects are not followed. The `signal` of a call holds until its answer has been read.
 *
 * @param allowed hosts, IP addresses and ranges that may be called although they are private
 */
export function outboundFetch(allowed: readonly string[]) {
  const lookup = publicLookup(allowed);
  return async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const host = new URL(request.url).hostname.replace(/^\[|\]$/g, '');
    // An address literal is connected to without any lookup.
    if (ipaddr.isValid(host) && !isAllowedAddress(host, allowed)) throw new Error('refused to call a private address');
    // `request.signal` follows it only until the Request, which nobody needs any more, is collected as garbage.
    const signal = init?.signal ?? request.signal;
    return send(request, { body: await request.text(), signal, lookup });
  };
}

function publicLookup(allowed: readonly string[]): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, []);
      const trusted = allowed.includes(hostname.toLowerCase());
      const usable = found.filter(({ address }) => trusted || isAllowedAddress(address, allowed));
      const [first] = usable;
      if (first === undefined) return callback(new Error('refused to call a private address'), []);
      if (options.all === true) return callback(null, usable);
      callback(null, first.address, first.family);
    });
  };
}

/** Whether an IP address is public, or among those allowed. Also looks into IPv4 addresses that are written as IPv6. */
function isAllowedAddress(address: string, allowed: readonly string[]): boolean {
  const parsed = ipaddr.process(address);
  if (parsed.range() === 'unicast' && !isCompatible(parsed)) return true;
  return allowed.some((entry) => {
    if (ipaddr.isValid(entry)) return ipaddr.process(entry).toString() === parsed.toString();
    if (!ipaddr.isValidCIDR(entry)) return false;
    const [network, bits] = ipaddr.parseCIDR(entry);
    return network.kind() === parsed.kind() && parsed.match([network, bits]);
  });
}

/** An IPv4 address in the long-deprecated form `::a.b.c.d` (RFC 4291, section 2.5.5.1), which ipaddr.js takes for a public one. */
function isCompatible(address: ReturnType<typeof ipaddr.process>): boolean {
  return address instanceof ipaddr.IPv6 && address.match(ipaddr.IPv6.parse('::'), 96);
}

interface Sending {
  readonly body: string;
  /** Ends the call at any time until the last of the answer has been read. */
  readonly signal: AbortSignal;
  readonly lookup: LookupFunction;
}

function send({ url, method, headers }: Request, { body, signal, lookup }: Sending): Promise<Response> {
  const request = url.startsWith('https:') ? overHttps : overHttp;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method,
        headers: { ...Object.fromEntries(headers), 'content-length': Buffer.byteLength(body) },
        lookup,
        // A connection of its own: one from a pool was checked for somebody else's name.
        agent: false,
        signal,
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        let length = 0;
        incoming.on('data', (chunk: Buffer) => {
          length += chunk.length;
          if (length > LONGEST) outgoing.destroy(new Error('the answer is too long'));
          else chunks.push(chunk);
        });
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve(responseOf(incoming.statusCode ?? 502, incoming.headers, Buffer.concat(chunks))),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function responseOf(
  status: number,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: Buffer,
): Response {
  const kept = ['content-type', 'cache-control', 'expires'].flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value] as [string, string]] : [];
  });
  const isEmpty = status === 204 || status === 205 || status === 304;
  return new Response(isEmpty ? null : new Uint8Array(body), { status, headers: kept });
}
