import type { z } from 'zod';
import { type Act, perform } from './act.ts';
import type { Actor } from './actor.ts';
import { changeClient } from './clients/change.ts';
import { createClient } from './clients/create.ts';
import { endFormerSecret } from './clients/end-former-secret.ts';
import { listClients } from './clients/list.ts';
import { removeClient } from './clients/remove.ts';
import { rotateClientSecret } from './clients/rotate-secret.ts';
import { showClient } from './clients/show.ts';
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
  listClients,
  showClient,
  createClient,
  changeClient,
  rotateClientSecret,
  endFormerSecret,
  removeClient,
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
