import type { Client } from '../../../src/domain/client.ts';

export const SECRET = 'a secret that the application and Sluis share, long enough';

function application(id: string, metadata: Client['metadata'], rest: Partial<Client> = {}): Client {
  return {
    id,
    name: `The ${id}`,
    firstParty: true,
    pkceRequired: true,
    metadata: { redirect_uris: [`https://${id}.example/cb`], ...metadata },
    ...rest,
  };
}

const isPublic = { token_endpoint_auth_method: 'none' };

/** One application of each kind. */
export const applications: readonly Client[] = [
  application('shop', {}, { secret: SECRET }),
  application(
    'office',
    {
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'client_secret_post',
      post_logout_redirect_uris: ['https://office.example/bye'],
      backchannel_logout_uri: 'https://office.example/logout',
      backchannel_logout_session_required: true,
    },
    { secret: SECRET },
  ),
  application('legacy', { id_token_signed_response_alg: 'RS256' }, { secret: SECRET, pkceRequired: false }),
  application('app', { ...isPublic, grant_types: ['authorization_code', 'refresh_token'] }, { pkceRequired: false }),
  application('narrow', { ...isPublic, scope: 'openid email' }),
  application('guest', isPublic, { firstParty: false }),
  application('phone', { ...isPublic, application_type: 'native', redirect_uris: ['com.example.phone:/cb'] }),
  application('screen', {
    ...isPublic,
    application_type: 'native',
    redirect_uris: [],
    response_types: [],
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
  }),
  application('broken', { redirect_uris: ['not an address'] }, { secret: SECRET }),
  application('robot', { redirect_uris: [], grant_types: ['client_credentials'] }, { secret: SECRET }),
];
