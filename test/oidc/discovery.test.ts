import { expect } from 'chai';
import { type Deployment, deploy } from './support/deployment.ts';

describe('discovery', () => {
  let deployment: Deployment;

  afterEach(() => deployment.close());

  async function metadata(): Promise<Record<string, unknown>> {
    const response = await fetch(`${deployment.issuer}/.well-known/openid-configuration`);
    return (await response.json()) as Record<string, unknown>;
  }

  it('tells what is on, and nothing else', async () => {
    deployment = await deploy();
    const { issuer } = deployment;
    const { id_token_signing_alg_values_supported: algorithms, ...told } = await metadata();
    expect(algorithms).to.have.members(['ES256', 'RS256']);
    expect(told).to.deep.equal({
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/me`,
      jwks_uri: `${issuer}/jwks`,
      end_session_endpoint: `${issuer}/session/end`,
      introspection_endpoint: `${issuer}/token/introspection`,
      revocation_endpoint: `${issuer}/token/revocation`,
      pushed_authorization_request_endpoint: `${issuer}/request`,
      acr_values_supported: ['https://refeds.org/profile/sfa', 'https://refeds.org/profile/mfa', 'phr'],
      authorization_response_iss_parameter_supported: true,
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
      claim_types_supported: ['normal'],
      claims_parameter_supported: true,
      claims_supported: [
        'sub',
        'acr',
        'amr',
        'auth_time',
        'name',
        'given_name',
        'family_name',
        'preferred_username',
        'locale',
        'email',
        'email_verified',
        'org_id',
        'org_code',
        'org_name',
        'roles',
        'groups',
        'sid',
        'iss',
      ],
      code_challenge_methods_supported: ['S256'],
      grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
      request_uri_parameter_supported: false,
      response_modes_supported: ['query', 'form_post'],
      response_types_supported: ['code'],
      scopes_supported: ['openid', 'profile', 'email', 'organization', 'roles', 'groups', 'offline_access'],
      subject_types_supported: ['public'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
      token_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'Ed25519', 'EdDSA'],
    });
  });

  it('tells of what a deployment switched on', async () => {
    deployment = await deploy({
      responseTypes: ['code id_token'],
      dynamicRegistration: true,
      dPoP: true,
      deviceFlow: true,
      ciba: true,
      jar: true,
    });
    const told = await metadata();
    expect(told.response_types_supported).to.deep.equal(['code', 'code id_token']);
    expect(told.response_modes_supported).to.deep.equal(['query', 'form_post', 'fragment']);
    expect(told.registration_endpoint).to.equal(`${deployment.issuer}/reg`);
    expect(told.device_authorization_endpoint).to.equal(`${deployment.issuer}/device/auth`);
    expect(told.backchannel_authentication_endpoint).to.equal(`${deployment.issuer}/backchannel`);
    expect(told).to.include.keys('dpop_signing_alg_values_supported', 'request_object_signing_alg_values_supported');
    expect(told.request_parameter_supported).to.equal(true);
  });

  it('publishes the public halves of all keys', async () => {
    deployment = await deploy();
    const response = await fetch(`${deployment.issuer}/jwks`);
    const { keys } = (await response.json()) as { keys: Record<string, unknown>[] };
    expect(keys.map(({ alg, use }) => [alg, use])).to.have.deep.members([
      ['ES256', 'sig'],
      ['RS256', 'sig'],
    ]);
    for (const key of keys) expect(key).to.not.have.any.keys('d', 'p', 'q', 'dp', 'dq', 'qi');
  });

  it('speaks as the issuer, whatever the headers say', async () => {
    deployment = await deploy({}, '/id');
    const response = await fetch(`${deployment.issuer}/.well-known/openid-configuration`, {
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'host=evil.example' },
    });
    const { issuer, token_endpoint } = (await response.json()) as Record<string, unknown>;
    expect([issuer, token_endpoint]).to.deep.equal([deployment.issuer, `${deployment.issuer}/token`]);
  });
});
