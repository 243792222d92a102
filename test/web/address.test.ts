import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect } from 'chai';
import fc from 'fast-check';
import { addressOf } from '../../src/web/address.ts';

/** A request as it arrives: from whom, and what it says of those before. */
function request(remote: string | undefined, forwarded?: string | string[]): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: remote });
  const message = new IncomingMessage(socket);
  if (forwarded !== undefined) message.headers['x-forwarded-for'] = [forwarded].flat().join(', ');
  return message;
}

/** Any text that Node lets through in a header. */
const header = fc.string({ unit: 'binary-ascii', maxLength: 100 });

describe('the address that a request comes from', () => {
  const proxies = ['10.0.0.0/8', '192.0.2.7', '2001:db8:ffff::/48', '::1'];
  const address = addressOf(proxies);

  for (const [what, remote, forwarded, expected] of [
    ['the connection, where there is no proxy', '203.0.113.9', undefined, '203.0.113.9'],
    ['the connection, whatever it says of others', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['whom a trusted proxy names', '10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['whom the last of several proxies names', '10.1.2.3', '198.51.100.1, 10.9.9.9, 192.0.2.7', '198.51.100.1'],
    ['the rightmost that is not trusted', '10.1.2.3', '1.1.1.1, 198.51.100.1, 203.0.113.5, 10.9.9.9', '203.0.113.5'],
    ['never what stands left of it', '10.1.2.3', '10.0.0.1, 198.51.100.1', '198.51.100.1'],
    ['the proxy itself, when it names nobody', '10.1.2.3', undefined, '10.1.2.3'],
    ['the proxy itself, when what it names cannot be read', '10.1.2.3', '198.51.100.1, unknown', '10.1.2.3'],
    ['the outermost proxy, when all are trusted', '10.1.2.3', '10.0.0.9, 10.0.0.8', '10.0.0.9'],
    ['an IPv4 address in the clothes of IPv6', '::ffff:203.0.113.9', undefined, '203.0.113.9'],
    ['found behind a proxy in the clothes of IPv6', '::ffff:10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['a network of IPv6', '2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2::/64'],
    ['a network of IPv6 behind a proxy', '2001:db8:ffff::7', '2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['without a port', '10.1.2.3', '198.51.100.1:4711', '198.51.100.1'],
    ['without brackets and port', '10.1.2.3', '[2001:db8:1:2::9]:4711', '2001:db8:1:2::/64'],
    ['without a zone', 'fe80::1%eth0', undefined, 'fe80::/64'],
    ['unknown, when the connection has broken', undefined, '198.51.100.1', 'unknown'],
    ['not taken from empty entries', '10.1.2.3', '198.51.100.1, , ,', '198.51.100.1'],
  ] as const) {
    it(`is ${what}`, () => {
      expect(address(request(remote, forwarded))).to.equal(expected);
    });
  }

  it('reads several headers as one', () => {
    expect(address(request('10.1.2.3', ['1.1.1.1', '198.51.100.1']))).to.equal('198.51.100.1');
  });

  it('is the connection whatever is forwarded, where no proxy is trusted', () => {
    const direct = addressOf([]);
    fc.assert(
      fc.property(fc.ipV4(), header, (remote, said) => {
        expect(direct(request(remote, said))).to.equal(remote);
      }),
    );
  });

  it('cannot be moved by a client: whatever it sends, what the proxy adds is last and counts', () => {
    const outside = fc.ipV4().filter((one) => !one.startsWith('10.') && one !== '192.0.2.7');
    fc.assert(
      fc.property(header, outside, fc.integer({ min: 0, max: 3 }), (said, client, hops) => {
        const inner = Array.from({ length: hops }, (_, index) => `10.0.0.${index}`);
        expect(address(request('10.1.2.3', [said, client, ...inner]))).to.equal(client);
      }),
    );
  });

  it('is the same for all of one network of 64 bits, and for no other', () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
    const half = fc.array(group, { minLength: 4, maxLength: 4 }).map((groups) => groups.join(':'));
    const network = half.map((one) => `2a00:${one.split(':').slice(1).join(':')}`);
    fc.assert(
      fc.property(network, network, half, half, (net, otherNet, host, otherHost) => {
        const key = address(request(`${net}:${host}`));
        expect(address(request(`${net}:${otherHost}`))).to.equal(key);
        expect(address(request(`${otherNet}:${host}`)) === key).to.equal(
          new URL(`http://[${net}::]`).host === new URL(`http://[${otherNet}::]`).host,
        );
      }),
    );
  });

  it('never fails, whatever comes', () => {
    const anything = fc.oneof(header, fc.ipV4(), fc.ipV6(), fc.ipV4Extended());
    fc.assert(
      fc.property(anything, anything, (remote, said) => {
        expect(address(request(remote, said))).to.match(/^(unknown|[\d.]+|[\da-f:]+\/64)$/);
      }),
    );
  });
});
