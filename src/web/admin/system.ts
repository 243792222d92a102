import { verifyAudit } from '../../flows/administration/audit/verify.ts';
import { sendTestMail } from '../../flows/administration/system/test-mail.ts';
import { sendTestText } from '../../flows/administration/system/test-sms.ts';
import { present } from './present.ts';
import { type Again, goTo, type Posted, type Visit } from './visit.ts';

const section = 'system';

export async function showSystem(visit: Visit, again?: Again): Promise<void> {
  const { email } = visit.account.profile;
  present(visit, 'admin/system', {
    section,
    ...(email !== undefined && { ownAddress: email }),
    ...(again && { again }),
  });
}

export async function takeTestMail(posted: Posted): Promise<void> {
  const { needs, actor, form } = posted;
  await needs.administration.perform(sendTestMail, { actor, given: { to: form.to } });
  goTo(posted, '/admin/system', 'sent');
}

export async function takeTestSms(posted: Posted): Promise<void> {
  const { needs, actor, form } = posted;
  await needs.administration.perform(sendTestText, { actor, given: { number: form.number } });
  goTo(posted, '/admin/system', 'sent');
}

/** Goes through the whole audit log. */
export async function takeVerification(posted: Posted): Promise<void> {
  const { needs, actor } = posted;
  const verified = await needs.administration.perform(verifyAudit, { actor, given: {} });
  present(posted, 'admin/system', { section, verified });
}
