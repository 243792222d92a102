import { changeClient } from '../../flows/administration/clients/change.ts';
import { createClient } from '../../flows/administration/clients/create.ts';
import { endFormerSecret } from '../../flows/administration/clients/end-former-secret.ts';
import { listClients } from '../../flows/administration/clients/list.ts';
import { removeClient } from '../../flows/administration/clients/remove.ts';
import { rotateClientSecret } from '../../flows/administration/clients/rotate-secret.ts';
import { showClient } from '../../flows/administration/clients/show.ts';
import { changeOrganization } from '../../flows/administration/organizations/change.ts';
import { createOrganization } from '../../flows/administration/organizations/create.ts';
import { listOrganizations } from '../../flows/administration/organizations/list.ts';
import { readinessOfOrganization } from '../../flows/administration/organizations/readiness.ts';
import { showOrganization } from '../../flows/administration/organizations/show.ts';
import { type Route, route } from './route.ts';

/** Every route of the API: `test/web/api` holds them to the acts that there are. */
export const routes: readonly Route[] = [
  route({ method: 'get', path: '/organizations', act: listOrganizations }),
  route({
    method: 'post',
    path: '/organizations',
    act: createOrganization,
    located: ({ id }) => `/organizations/${encodeURIComponent(id)}`,
  }),
  route({ method: 'get', path: '/organizations/{id}', act: showOrganization }),
  route({ method: 'patch', path: '/organizations/{id}', act: changeOrganization }),
  route({ method: 'get', path: '/organizations/{id}/readiness', act: readinessOfOrganization }),
  route({ method: 'get', path: '/clients', act: listClients }),
  route({
    method: 'post',
    path: '/clients',
    act: createClient,
    located: ({ client }) => `/clients/${encodeURIComponent(client.id)}`,
  }),
  route({ method: 'get', path: '/clients/{id}', act: showClient }),
  route({ method: 'patch', path: '/clients/{id}', act: changeClient }),
  route({ method: 'delete', path: '/clients/{id}', act: removeClient }),
  route({ method: 'post', path: '/clients/{id}/secret', act: rotateClientSecret }),
  route({ method: 'delete', path: '/clients/{id}/former-secret', act: endFormerSecret }),
];
