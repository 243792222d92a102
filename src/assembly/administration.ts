import type { AuditLog } from '../domain/ports.ts';
import { type Administration, createAdministration } from '../flows/administration/index.ts';
import type { Needs as SignInNeeds } from '../flows/sign-in/needs.ts';
import type { openDatabase } from './stores.ts';

export interface AdministrationParts {
  readonly stores: Pick<
    ReturnType<typeof openDatabase>,
    'accountDirectory' | 'clientDirectory' | 'organizationDirectory'
  >;
  readonly needs: Pick<SignInNeeds, 'factors' | 'clock'> & { readonly audit: AuditLog };
}

/** What console, command line and REST API do. */
export function openAdministration({ stores, needs }: AdministrationParts): Administration {
  const { factors, audit, clock } = needs;
  return createAdministration({
    organizations: stores.organizationDirectory,
    accounts: stores.accountDirectory,
    clients: stores.clientDirectory,
    factors,
    audit,
    clock,
  });
}
