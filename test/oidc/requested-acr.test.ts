import { expect } from 'chai';
import type { Client, KoaContextWithOIDC } from 'oidc-provider';
import { MFA, PHR } from '../../src/domain/acr.ts';
import { checkClaimsParameter } from '../../src/oidc/claims-parameter.ts';
import { requestedAcr } from '../../src/oidc/requested-acr.ts';

describe('requestedAcr', () => {
  const claims = (acr: unknown) => JSON.stringify({ id_token: { acr } });

  for (const [name, params, expected] of [
    ['no request', undefined, { values: [], essential: false }],
    ['acr_values', { acr_values: `${MFA}  ${PHR}` }, { values: [MFA, PHR], essential: false }],
    ['one value', { claims: claims({ value: PHR }) }, { values: [PHR], essential: false }],
    [
      'essential values',
      { claims: claims({ values: [MFA, PHR], essential: true }) },
      { values: [MFA, PHR], essential: true },
    ],
    [
      'essential without values',
      { claims: claims({ essential: true }), acr_values: MFA },
      { values: [MFA], essential: false },
    ],
    ['a bare claim', { claims: claims(null), acr_values: MFA }, { values: [MFA], essential: false }],
    ['what are no strings', { claims: claims({ values: [1, null, PHR] }) }, { values: [PHR], essential: false }],
    ['other claims', { claims: '{"userinfo":{"acr":{"value":"phr"}}}' }, { values: [], essential: false }],
  ] as const) {
    it(`reads ${name}`, () => {
      expect(requestedAcr(params)).to.deep.equal(expected);
    });
  }
});

describe('checkClaimsParameter', () => {
  const check = (claims: object, client = {}) =>
    checkClaimsParameter({} as KoaContextWithOIDC, claims, client as Client);

  it('takes null and objects alone', () => {
    check({ id_token: { email: null, acr: { value: PHR, essential: true } }, userinfo: {} });
    expect(() => check({ id_token: { email: 'yes' } })).to.throw('invalid_request');
    expect(() => check({ userinfo: { email: ['a'] } })).to.throw('invalid_request');
  });

  it('refuses an essential acr that nobody can reach, and bears a voluntary one', () => {
    expect(() => check({ id_token: { acr: { values: ['urn:a', 'urn:b'], essential: true } } })).to.throw(
      'unmet_authentication_requirements',
    );
    check({ id_token: { acr: { values: ['urn:a', MFA], essential: true } } });
    check({ id_token: { acr: { value: 'urn:a' } } });
    check({ id_token: { acr: { essential: true } } });
  });

  it('refuses a claim whose scope the client may not ask for', () => {
    const narrow = { scope: 'openid email' };
    check({ id_token: { email: null, acr: null, auth_time: null, unheard: null } }, narrow);
    expect(() => check({ id_token: { groups: null } }, narrow)).to.throw('invalid_request');
    expect(() => check({ userinfo: { org_code: { essential: true } } }, narrow)).to.throw('invalid_request');
    check({ id_token: { groups: null } });
  });
});
