import { comparable } from '../../domain/comparable.ts';
import { listOrganizations } from '../../flows/administration/organizations/list.ts';
import { showOrganization } from '../../flows/administration/organizations/show.ts';
import { invalid } from '../../flows/administration/refusal.ts';
import type { Visit } from './visit.ts';

// People know organizations by their codes; acts know them by their ids.

/** @throws {Refusal} `invalid`, for the field that it was typed in */
export async function idOfCode({ needs, actor }: Visit, field: string, code: string): Promise<string> {
  const { items } = await needs.administration.perform(listOrganizations, { actor, given: { prefix: code } });
  const found = items.find((one) => comparable(one.code) === comparable(code));
  if (found === undefined) throw invalid(field, 'unknown-organization');
  return found.id;
}

/** Codes of organizations, in their order. */
export function codesOf({ needs, actor }: Visit, ids: readonly string[]): Promise<readonly string[]> {
  const codeOf = async (id: string) =>
    (await needs.administration.perform(showOrganization, { actor, given: { id } })).code;
  return Promise.all(ids.map(codeOf));
}
