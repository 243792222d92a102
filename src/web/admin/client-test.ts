import { beginClientTest } from '../../flows/administration/clients/begin-test.ts';
import { finishClientTest } from '../../flows/administration/clients/finish-test.ts';
import { showClient } from '../../flows/administration/clients/show.ts';
import { Refusal } from '../../flows/administration/refusal.ts';
import { codesOf } from './codes.ts';
import { textOf } from './form-values.ts';
import { present } from './present.ts';
import { bindingOf, type Posted, type Visit } from './visit.ts';

/** Leads the browser to a sign-in at an application, which comes back to `showTest`. */
export async function takeTest(posted: Posted): Promise<void> {
  const { ctx, needs, actor, form } = posted;
  const { trials, administration } = needs;
  const { session } = trials.kept(ctx);
  const given = {
    id: ctx.params.id,
    scopes: (textOf(form, 'scopes') ?? '').split(/\s+/).filter((scope) => scope !== ''),
    bound: bindingOf(posted),
    ...(session !== undefined && { session }),
  };
  const { address, ticket } = await administration.perform(beginClientTest, { actor, given });
  trials.forget(ctx);
  trials.keep(ctx, ticket);
  ctx.status = 303;
  ctx.set('Cache-Control', 'no-store');
  ctx.redirect(address);
}

/** What the application would have got. It is shown this once: the ticket is spent, and with it the code in the address. */
export async function showTest(visit: Visit): Promise<void> {
  const { ctx, needs, actor } = visit;
  const { query } = ctx;
  const named = { state: query.state, code: query.code, error: query.error, description: query.error_description };
  const texts = Object.entries(named).filter(([, value]) => typeof value === 'string');
  const given = { ...needs.trials.kept(ctx), ...Object.fromEntries(texts), bound: bindingOf(visit) };
  needs.trials.forget(ctx);
  const tested = await needs.administration.perform(finishClientTest, { actor, given }).catch(notTheirs);
  ctx.state.outcome = tested?.outcome ?? 'unknown';
  if (tested === undefined) {
    ctx.status = 404;
    return present(visit, 'admin/client-test', { section: 'clients' });
  }
  const client = await needs.administration.perform(showClient, { actor, given: { id: tested.client } });
  const codes = await codesOf(visit, client.organizations ?? []);
  present(visit, 'admin/client-test', { section: 'clients', client, codes, tested });
}

/** What nobody began here, and what is no answer at all, has a page that says so. */
function notTheirs(error: unknown): undefined {
  if (error instanceof Refusal && (error.code === 'not-found' || error.code === 'invalid')) return undefined;
  throw error;
}
