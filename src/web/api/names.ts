import { z } from 'zod';
import { account, accountSummary } from '../../flows/administration/shapes/account.ts';
import { client, clientSummary } from '../../flows/administration/shapes/client.ts';
import { organization, organizationSummary } from '../../flows/administration/shapes/organization.ts';

/** What things are called in the description. */
export const names = z.registry<{ readonly id: string }>();
names.add(organization, { id: 'Organization' });
names.add(account, { id: 'Account' });
names.add(accountSummary, { id: 'AccountSummary' });
names.add(client, { id: 'Client' });
names.add(clientSummary, { id: 'ClientSummary' });
names.add(organizationSummary, { id: 'OrganizationSummary' });
