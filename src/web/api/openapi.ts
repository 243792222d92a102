import { scopes } from '../../flows/administration/scopes.ts';
import { operationOf, tagOf } from './operation.ts';
import { problemSchema } from './responses.ts';
import type { Route, Schema } from './route.ts';

export interface Addresses {
  /** Of the API. */
  readonly api: string;
  /** Of the token endpoint. */
  readonly token: string;
}

/** The API as an OpenAPI 3.1 document, made from the acts that it is a face of. */
export function openApi(routes: readonly Route[], { api, token }: Addresses): object {
  const paths: Record<string, Record<string, object>> = {};
  const schemas: Record<string, Schema | typeof problemSchema> = { Problem: problemSchema };
  for (const route of routes) {
    const { operation, referred } = operationOf(route);
    paths[route.path] = { ...paths[route.path], [route.method]: operation };
    Object.assign(schemas, referred);
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Sluis',
      version: '1',
      summary: 'Administration of an OpenID Connect identity provider, for programs.',
      description: `How to get a token, versions, pages, repeated requests and every problem: ${api}/docs`,
    },
    servers: [{ url: api }],
    tags: [...new Set(routes.map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      schemas,
      securitySchemes: {
        service: {
          type: 'oauth2',
          description: 'Access tokens of services that may administer (RFC 6749, section 4.4).',
          flows: {
            clientCredentials: { tokenUrl: token, scopes: Object.fromEntries(scopes.map((one) => [one, one])) },
          },
        },
      },
    },
  };
}
