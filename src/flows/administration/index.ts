import type { z } from 'zod';
import { changeAccount } from './accounts/change.ts';
import { createAccount } from './accounts/create.ts';
import { endSessionsOf } from './accounts/end-sessions.ts';
import { eraseAccount } from './accounts/erase.ts';
import { exportAccount } from './accounts/export.ts';
import { givePermitTo } from './accounts/give-permit.ts';
import { inviteAccount } from './accounts/invite.ts';
import { liftBlock } from './accounts/lift-block.ts';
import { listAccounts } from './accounts/list.ts';
import { removePhone } from './accounts/remove-phone.ts';
import { resetFactors } from './accounts/reset-factors.ts';
import { setPhone } from './accounts/set-phone.ts';
import { showAccount } from './accounts/show.ts';
import { startPasswordReset } from './accounts/start-password-reset.ts';
import { type Act, perform } from './act.ts';
import type { Actor } from './actor.ts';
import { listEvents } from './audit/list.ts';
import { verifyAudit } from './audit/verify.ts';
import { beginClientTest } from './clients/begin-test.ts';
import { changeClient } from './clients/change.ts';
import { createClient } from './clients/create.ts';
import { endFormerSecret } from './clients/end-former-secret.ts';
import { finishClientTest } from './clients/finish-test.ts';
import { listClients } from './clients/list.ts';
import { clientRecipes } from './clients/recipes.ts';
import { removeClient } from './clients/remove.ts';
import { rotateClientSecret } from './clients/rotate-secret.ts';
import { showClient } from './clients/show.ts';
import { listSigningKeys } from './keys/list.ts';
import { rotateSigningKey } from './keys/rotate.ts';
import { withdrawSigningKey } from './keys/withdraw.ts';
import type { Needs } from './needs.ts';
import { changeOrganization } from './organizations/change.ts';
import { createOrganization } from './organizations/create.ts';
import { listOrganizations } from './organizations/list.ts';
import { readinessOfOrganization } from './organizations/readiness.ts';
import { showOrganization } from './organizations/show.ts';
import { sendTestMail } from './system/test-mail.ts';
import { sendTestText } from './system/test-sms.ts';

/** Every act there is. */
export const acts = [
  listOrganizations,
  showOrganization,
  createOrganization,
  changeOrganization,
  readinessOfOrganization,
  listClients,
  showClient,
  createClient,
  changeClient,
  rotateClientSecret,
  endFormerSecret,
  removeClient,
  clientRecipes,
  beginClientTest,
  finishClientTest,
  listAccounts,
  showAccount,
  createAccount,
  changeAccount,
  inviteAccount,
  startPasswordReset,
  setPhone,
  removePhone,
  resetFactors,
  givePermitTo,
  liftBlock,
  endSessionsOf,
  exportAccount,
  eraseAccount,
  listSigningKeys,
  rotateSigningKey,
  withdrawSigningKey,
  listEvents,
  verifyAudit,
  sendTestMail,
  sendTestText,
] as const;

/** What the faces of administration call. */
export interface Administration {
  /**
   * @param given what was asked, unchecked
   * @throws {Refusal}
   */
  perform<Input extends z.ZodType, Output extends z.ZodType>(
    act: Act<Input, Output>,
    asked: { readonly actor: Actor; readonly given: unknown },
  ): Promise<z.output<Output>>;
}

export function createAdministration(needs: Needs): Administration {
  return { perform: (described, asked) => perform(needs, described, asked) };
}
