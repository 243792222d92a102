import type { Models } from '../domain/ports.ts';

/** Ends a grant and what was issued under it. The grant goes first: without it none of its tokens and codes is good any more. */
export async function revokeGrant(models: Models, id: string): Promise<void> {
  await models.destroy({ model: 'Grant', id });
  await models.revokeByGrantId(id);
}
