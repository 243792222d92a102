import { scopes } from '../../flows/administration/scopes.ts';
import { done } from '../../flows/administration/shapes/values.ts';
import { type Answered, answeredFields } from './answered.ts';
import type { Addresses } from './openapi.ts';
import { exampleOf, operationIdOf, tagOf } from './operation.ts';
import { problemTypes } from './problem.ts';
import { fieldsOf, type Place, type Route } from './route.ts';
import { describe } from './schemas.ts';
import { typeOf } from './type-of.ts';

/** What the page that describes the API shows. */
export interface ApiPart extends Addresses {
  /** Address of the description for programs. */
  readonly description: string;
  readonly scopes: readonly string[];
  readonly groups: readonly { readonly name: string; readonly routes: readonly RoutePart[] }[];
  readonly problems: readonly { readonly code: string; readonly status: number; readonly title: string }[];
}

interface RoutePart {
  readonly id: string;
  /** In capitals. */
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly scope: string;
  /** Only services of the whole deployment may. */
  readonly whole: boolean;
  readonly fields: readonly (Answered & { readonly place: Place; readonly required: boolean })[];
  /** Takes an `Idempotency-Key`. */
  readonly repeatable: boolean;
  /** JSON, with line breaks. */
  readonly given?: string;
  readonly answer?: string;
  /** What is in the answer. */
  readonly answered: readonly Answered[];
}

export function docsOf(routes: readonly Route[], addresses: Addresses): ApiPart {
  const groups = [...new Set(routes.map(tagOf))].map((name) => ({
    name,
    routes: routes.filter((route) => tagOf(route) === name).map(partOf),
  }));
  const problems = Object.entries(problemTypes).map(([code, one]) => ({ code, ...one }));
  return { ...addresses, description: `${addresses.api}/openapi.json`, scopes, groups, problems };
}

function partOf(route: Route): RoutePart {
  const { act, method, path } = route;
  const { given, answer } = exampleOf(route);
  return {
    id: operationIdOf(route),
    method: method.toUpperCase(),
    path,
    summary: act.summary,
    scope: act.scope,
    whole: act.role === 'administrator',
    fields: fieldsOf(route).map(({ name, place, required, schema }) => ({
      name: place === 'header' ? 'If-Match' : name,
      place,
      required,
      type: place === 'header' ? '"version"' : typeOf(schema),
      description: schema.description ?? '',
    })),
    repeatable: method === 'post',
    ...(given !== undefined && { given: JSON.stringify(given, null, 2) }),
    ...(answer !== undefined && { answer: JSON.stringify(answer, null, 2) }),
    answered: act.output === done ? [] : answeredFields(describe(act.output, 'output')),
  };
}
