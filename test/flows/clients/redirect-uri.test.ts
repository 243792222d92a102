import { expect } from 'chai';
import fc from 'fast-check';
import { type RedirectFault, redirectFault } from '../../../src/flows/clients/redirect-uri.ts';

describe('redirectFault', () => {
  const faults: readonly [uri: string, fault: RedirectFault | undefined][] = [
    ['https://app.example.org/callback?a=b', undefined],
    ['http://localhost:3000/callback', undefined],
    ['http://127.0.0.1/callback', undefined],
    ['http://[::1]:8080/callback', undefined],
    ['org.example.app:/callback', undefined],
    ['', 'redirect-relative'],
    ['/callback', 'redirect-relative'],
    ['//app.example.org/callback', 'redirect-relative'],
    [' https://app.example.org/', 'redirect-relative'],
    ['https:app.example.org', 'redirect-malformed'],
    ['https:///app.example.org', 'redirect-malformed'],
    ['https:\\\\app.example.org', 'redirect-malformed'],
    ['https://app.example.org/a b', 'redirect-malformed'],
    ['https://app.example.org/a\n', 'redirect-malformed'],
    ['org.example.app:callback', 'redirect-malformed'],
    ['https://app.example.org/#', 'redirect-fragment'],
    ['org.example.app:/callback#a', 'redirect-fragment'],
    ['https://*.example.org/', 'redirect-wildcard'],
    ['https://app.example.org/*', 'redirect-wildcard'],
    ['JavaScript:alert(1)', 'redirect-scheme'],
    ['data:text/html,a', 'redirect-scheme'],
    ['file:///etc/passwd', 'redirect-scheme'],
    ['myapp:/callback', 'redirect-private-use'],
    ['https://boss@app.example.org/', 'redirect-user-info'],
    ['https://app.example.org@evil.example/', 'redirect-user-info'],
    ['http://app.example.org/', 'redirect-insecure'],
    ['http://localhost.example.org/', 'redirect-insecure'],
    ['http://localhost.:80/', 'redirect-insecure'],
  ];
  for (const [uri, fault] of faults) {
    it(`${fault ?? 'takes'}: ${JSON.stringify(uri)}`, () => expect(redirectFault(uri)).to.equal(fault));
  }

  const schemes = fc.constantFrom('https:', 'http:', 'javascript:', 'org.example.app:', 'app:', 'HTTPS:', '');
  const pieces = fc.constantFrom(
    '/',
    '//',
    '\\',
    '@',
    '#',
    '*',
    ':',
    '%2a',
    '%40',
    '[::1]',
    'localhost',
    'a.example',
    '?',
    '\t',
    'é',
    '.',
  );
  const uris = fc.tuple(schemes, fc.array(fc.oneof(pieces, fc.string({ maxLength: 3 })), { maxLength: 8 }));

  it('takes nothing that a browser would read otherwise than it is written', () => {
    fc.assert(
      fc.property(uris, ([scheme, rest]) => {
        const uri = `${scheme}${rest.join('')}`;
        if (redirectFault(uri) !== undefined) return;
        const { protocol, hostname, username, password, hash } = new URL(uri);
        expect([username, password, hash]).to.deep.equal(['', '', '']);
        expect(uri)
          .to.match(/^[\x21-\x7e]+$/)
          .and.not.include('*')
          .and.not.include('\\');
        const safe = protocol === 'https:' || protocol.includes('.');
        expect(safe || /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname), uri).to.equal(true);
        if (!protocol.includes('.')) expect(uri.toLowerCase().startsWith(`${protocol}//`), uri).to.equal(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
