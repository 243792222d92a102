import { comparable } from '../../domain/comparable.ts';
import { listOrganizations } from '../../flows/administration/organizations/list.ts';
import { showOrganization } from '../../flows/administration/organizations/show.ts';
import { invalid } from '../../flows/administration/refusal.ts';
import type { Visit } from './visit.ts';

// People know organizations by their codes; acts know them by their ids.

/** @throws {Refusal} `invalid`, for the field that it was typed in */
export async function idOfCode({ needs, actor }: Visit, field: string, code: string): Promise<string> {
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const given = { prefix: code, ...(after !== undefined && { after }) };
    const { items, next } = await needs.administration.perform(listOrganizations, { actor, given });
    const found = items.find((one) => comparable(one.code) === comparable(code));
    if (found !== undefined) return found.id;
    // Names begin with it, too: what is looked for may be on a later page.
    after = next;
  }
  throw invalid(field, 'unknown-organization');
}

/** Codes of organizations, in their order. */
export function codesOf({ needs, actor }: Visit, ids: readonly string[]): Promise<readonly string[]> {
  const codeOf = async (id: string) =>
    (await needs.administration.perform(showOrganization, { actor, given: { id } })).code;
  return Promise.all(ids.map(codeOf));
}
