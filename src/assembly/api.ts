import type { Provider } from 'oidc-provider';
import type { Api } from '../oidc/api-tokens.ts';
import { serviceTokenFinder } from '../oidc/service-tokens.ts';
import { type ApiNeeds, createApi } from '../web/api/index.ts';
import type { openDatabase } from './stores.ts';

export interface ApiParts extends Omit<ApiNeeds, 'findToken' | 'once'> {
  readonly provider: Provider;
  readonly api: Api;
  readonly stores: Pick<ReturnType<typeof openDatabase>, 'repetitions' | 'vault'>;
  readonly clock: ApiNeeds['once']['clock'];
}

/** The REST API, with the tokens of this deployment. */
export function openApi({ provider, api, stores, clock, ...needs }: ApiParts) {
  const { repetitions, vault } = stores;
  return createApi({ ...needs, findToken: serviceTokenFinder(provider, api), once: { repetitions, vault, clock } });
}
