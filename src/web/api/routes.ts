import { changeAccount } from '../../flows/administration/accounts/change.ts';
import { createAccount } from '../../flows/administration/accounts/create.ts';
import { endSessionsOf } from '../../flows/administration/accounts/end-sessions.ts';
import { eraseAccount } from '../../flows/administration/accounts/erase.ts';
import { exportAccount } from '../../flows/administration/accounts/export.ts';
import { givePermitTo } from '../../flows/administration/accounts/give-permit.ts';
import { inviteAccount } from '../../flows/administration/accounts/invite.ts';
import { liftBlock } from '../../flows/administration/accounts/lift-block.ts';
import { listAccounts } from '../../flows/administration/accounts/list.ts';
import { removePhone } from '../../flows/administration/accounts/remove-phone.ts';
import { resetFactors } from '../../flows/administration/accounts/reset-factors.ts';
import { setPhone } from '../../flows/administration/accounts/set-phone.ts';
import { showAccount } from '../../flows/administration/accounts/show.ts';
import { startPasswordReset } from '../../flows/administration/accounts/start-password-reset.ts';
import { listEvents } from '../../flows/administration/audit/list.ts';
import { verifyAudit } from '../../flows/administration/audit/verify.ts';
import { changeClient } from '../../flows/administration/clients/change.ts';
import { createClient } from '../../flows/administration/clients/create.ts';
import { endFormerSecret } from '../../flows/administration/clients/end-former-secret.ts';
import { listClients } from '../../flows/administration/clients/list.ts';
import { clientRecipes } from '../../flows/administration/clients/recipes.ts';
import { removeClient } from '../../flows/administration/clients/remove.ts';
import { rotateClientSecret } from '../../flows/administration/clients/rotate-secret.ts';
import { showClient } from '../../flows/administration/clients/show.ts';
import { listSigningKeys } from '../../flows/administration/keys/list.ts';
import { rotateSigningKey } from '../../flows/administration/keys/rotate.ts';
import { withdrawSigningKey } from '../../flows/administration/keys/withdraw.ts';
import { changeOrganization } from '../../flows/administration/organizations/change.ts';
import { createOrganization } from '../../flows/administration/organizations/create.ts';
import { listOrganizations } from '../../flows/administration/organizations/list.ts';
import { readinessOfOrganization } from '../../flows/administration/organizations/readiness.ts';
import { showOrganization } from '../../flows/administration/organizations/show.ts';
import { sendTestMail } from '../../flows/administration/system/test-mail.ts';
import { sendTestText } from '../../flows/administration/system/test-sms.ts';
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
  route({ method: 'get', path: '/accounts', act: listAccounts }),
  route({
    method: 'post',
    path: '/accounts',
    act: createAccount,
    located: ({ account }) => `/accounts/${encodeURIComponent(account.id)}`,
  }),
  route({ method: 'get', path: '/accounts/{id}', act: showAccount }),
  route({ method: 'patch', path: '/accounts/{id}', act: changeAccount }),
  route({ method: 'post', path: '/accounts/{id}/invitation', act: inviteAccount }),
  route({ method: 'post', path: '/accounts/{id}/password-reset', act: startPasswordReset }),
  route({ method: 'put', path: '/accounts/{id}/phone', act: setPhone }),
  route({ method: 'delete', path: '/accounts/{id}/phone', act: removePhone }),
  route({ method: 'post', path: '/accounts/{id}/factor-reset', act: resetFactors }),
  route({ method: 'post', path: '/accounts/{id}/permit', act: givePermitTo }),
  route({ method: 'delete', path: '/accounts/{id}/block', act: liftBlock }),
  route({ method: 'delete', path: '/accounts/{id}/sessions', act: endSessionsOf }),
  route({ method: 'get', path: '/accounts/{id}/data', act: exportAccount }),
  route({ method: 'delete', path: '/accounts/{id}', act: eraseAccount }),
  route({ method: 'get', path: '/clients/{id}/recipes', act: clientRecipes }),
  route({ method: 'get', path: '/keys', act: listSigningKeys }),
  route({ method: 'post', path: '/keys', act: rotateSigningKey }),
  route({ method: 'delete', path: '/keys/{id}', act: withdrawSigningKey }),
  route({ method: 'get', path: '/audit/events', act: listEvents }),
  route({ method: 'get', path: '/audit/export', act: listEvents, lines: true }),
  route({ method: 'get', path: '/audit/verification', act: verifyAudit }),
  route({ method: 'post', path: '/system/test-mail', act: sendTestMail }),
  route({ method: 'post', path: '/system/test-sms', act: sendTestText }),
];
