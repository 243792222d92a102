import { conclude, owningOf, type Posted } from './visit.ts';

/** Takes a device, or all of them, off the list: the person is asked there again. */
export async function forgetDevices(posted: Posted): Promise<void> {
  const { needs, form } = posted;
  const id = form.act === 'all' ? undefined : (form.id ?? '');
  await conclude(posted, '/account/sessions', await needs.account.forgetDevices(owningOf(posted), id));
}
