import type { Context, Middleware } from 'koa';
import { authorize } from '../../flows/administration/act.ts';
import type { Actor } from '../../flows/administration/actor.ts';
import type { Administration } from '../../flows/administration/index.ts';
import { invalid, Refusal } from '../../flows/administration/refusal.ts';
import { done } from '../../flows/administration/shapes/values.ts';
import { type Needs as OnceNeeds, onceOnly } from '../../flows/repetition/index.ts';
import type { AddressOf } from '../address.ts';
import { whenAsked } from '../when-asked.ts';
import { type CallerNeeds, callerOf } from './caller.ts';
import { givenBy } from './given.ts';
import type { Given } from './json.ts';
import { BATCH, LINES, linesOf } from './lines.ts';
import { ApiError } from './problem.ts';
import { fieldsOf, type Route } from './route.ts';

export interface AnswerNeeds extends CallerNeeds {
  readonly administration: Administration;
  readonly once: OnceNeeds;
  readonly address: AddressOf;
  /** Path of the API, with that of the issuer. */
  readonly root: string;
}

/** Answers one route: who asks, what they ask for, the act, and what came of it. */
export function answering(needs: AnswerNeeds, route: Route): Middleware {
  const fields = whenAsked(() => fieldsOf(route));
  return async (ctx) => {
    ctx.state.route = `api.${route.act.name}`;
    const { requestId } = ctx.state;
    const actor = await callerOf(needs, ctx.req, { address: needs.address(ctx.req), requestId });
    // Before the body is read, and before an answer of before is given again.
    assertMay(actor, route, needs.realm);
    const given = await givenBy(ctx, fields());
    if (route.lines) {
      const page = (after?: string) => ({ ...given, limit: BATCH, ...(after !== undefined && { after }) });
      ctx.body = await linesOf((after) => needs.administration.perform(route.act, { actor, given: page(after) }));
      ctx.set('Content-Type', LINES);
      return;
    }
    const answer = await act(needs, { ctx, route, actor, given });
    show(ctx, route, { answer, root: needs.root });
  };
}

function assertMay(actor: Actor, { act }: Route, realm: string): void {
  try {
    authorize(act, actor);
  } catch (error) {
    if (!(error instanceof Refusal) || actor.scopes?.includes(act.scope) === true) throw error;
    const challenge = `Bearer realm="${realm}", error="insufficient_scope", scope="${act.scope}"`;
    throw new ApiError('insufficient-scope', { 'WWW-Authenticate': challenge });
  }
}

interface Asked {
  readonly ctx: Context;
  readonly route: Route;
  readonly actor: Actor;
  readonly given: Given;
}

async function act({ administration, once }: AnswerNeeds, { ctx, route, actor, given }: Asked): Promise<unknown> {
  const perform = () => administration.perform(route.act, { actor, given });
  const key = ctx.get('idempotency-key');
  if (route.method !== 'post' || key === '') return perform();
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw invalid('Idempotency-Key', 'malformed');
  const who = JSON.stringify([actor.client, actor.organization]);
  const outcome = await onceOnly(once, { who, key, request: [route.act.name, given] }, perform);
  if (outcome.state === 'done') return outcome.answer;
  throw new ApiError(outcome.state === 'running' ? 'idempotency-key-in-use' : 'idempotency-key-reused');
}

function show(ctx: Context, route: Route, { answer, root }: { readonly answer: unknown; readonly root: string }): void {
  if (route.act.output === done) {
    ctx.status = 204;
    return;
  }
  const version = versionIn(answer);
  if (version !== undefined) ctx.set('ETag', `"${version}"`);
  if (route.located) {
    ctx.status = 201;
    ctx.set('Location', root + route.located(answer));
  }
  ctx.set('Content-Type', 'application/json');
  ctx.body = JSON.stringify(answer);
}

/** Of the thing itself, which may come with something that is told but once. */
function versionIn(answer: unknown): number | undefined {
  const versions = [answer, ...Object.values(Object(answer))].map((one): unknown => Object(one).version);
  return versions.find((version) => typeof version === 'number');
}
