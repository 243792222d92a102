import { listSigningKeys } from '../../flows/administration/keys/list.ts';
import { rotateSigningKey } from '../../flows/administration/keys/rotate.ts';
import { withdrawSigningKey } from '../../flows/administration/keys/withdraw.ts';
import { isTicked } from './form-values.ts';
import { present } from './present.ts';
import { type Again, goTo, type Posted, type Visit } from './visit.ts';

/** The keys that sign tokens, and what each does. */
export async function showKeys(visit: Visit, again?: Again): Promise<void> {
  const { needs, actor } = visit;
  const { items: keys } = await needs.administration.perform(listSigningKeys, { actor, given: {} });
  present(visit, 'admin/keys', { section: 'keys', keys, ...(again && { again }) });
}

export async function takeKeys(posted: Posted): Promise<void> {
  const { needs, actor, form } = posted;
  if (form.act === 'withdraw') {
    await needs.administration.perform(withdrawSigningKey, { actor, given: { id: form.id } });
    return goTo(posted, '/admin/keys', 'removed');
  }
  const given = { algorithm: form.algorithm, immediately: isTicked(form, 'now') };
  await needs.administration.perform(rotateSigningKey, { actor, given });
  goTo(posted, '/admin/keys', 'created');
}
