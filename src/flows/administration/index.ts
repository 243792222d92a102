import type { z } from 'zod';
import { type Act, perform } from './act.ts';
import type { Actor } from './actor.ts';
import type { Needs } from './needs.ts';
import { changeOrganization } from './organizations/change.ts';
import { createOrganization } from './organizations/create.ts';
import { listOrganizations } from './organizations/list.ts';
import { readinessOfOrganization } from './organizations/readiness.ts';
import { showOrganization } from './organizations/show.ts';

/** Every act there is. */
export const acts = [
  listOrganizations,
  showOrganization,
  createOrganization,
  changeOrganization,
  readinessOfOrganization,
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
