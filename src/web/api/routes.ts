import { showOrganization } from '../../flows/administration/organizations/show.ts';
import { type Route, route } from './route.ts';

/** Every route of the API. */
export const routes: readonly Route[] = [route({ method: 'get', path: '/organizations/{id}', act: showOrganization })];
