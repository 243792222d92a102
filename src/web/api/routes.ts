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
];
