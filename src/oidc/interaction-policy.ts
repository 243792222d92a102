import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { acrRank, isAcr } from '../domain/acr.ts';
import { foundStanding } from './accounts.ts';
import type { IsEnough } from './assurance.ts';
import { evidenceOf } from './carried.ts';
import { needsConfirmation } from './consent.ts';
import { wantsPerson } from './in-person.ts';
import { ownRequest } from './own-request.ts';
import { describe } from './prompt-details.ts';
import { requestedAcr } from './requested-acr.ts';

const { Check, Prompt, base } = interactionPolicy;

/**
 * When a request cannot be answered at once, in this order:
 * - `login`: nobody is signed in, the sign-in is too old for `max_age`, or the account changed; all stages are asked again
 * - `step_up`: the session proved too little; only what is missing is asked
 * - `consent`
 */
export function interactionPolicyFor(isEnough: IsEnough): interactionPolicy.DefaultPolicy {
  const policy = base();
  const login = promptOf(policy, 'login');
  // The library's own would ask for the password again, and know no order among the values.
  login.checks.remove('essential_acr');
  login.checks.remove('essential_acrs');
  login.checks.add(accountCheck());
  describeBy(login);
  policy.add(stepUp(isEnough), 1);
  const consent = promptOf(policy, 'consent');
  consent.checks.remove('native_client_prompt');
  consent.checks.add(nativeCheck());
  describeBy(consent);
  return policy;
}

function promptOf(policy: interactionPolicy.DefaultPolicy, name: string): interactionPolicy.Prompt {
  const prompt = policy.get(name);
  if (prompt === undefined) throw new TypeError(`oidc-provider has no "${name}" prompt`);
  return prompt;
}

function describeBy(prompt: interactionPolicy.Prompt): void {
  prompt.details = (ctx) => ({ ...describe(ctx, prompt.name) });
}

/** `findAccount` finds none for a session whose account is gone, disabled or changed. */
function accountCheck(): interactionPolicy.Check {
  return new Check('account_changed', 'the account changed since the sign-in', 'login_required', ({ oidc }) => {
    return oidc.session?.accountId !== undefined && oidc.account === undefined;
  });
}

function nativeCheck(): interactionPolicy.Check {
  const description = 'native clients require End-User interaction';
  return new Check('native_client_prompt', description, 'interaction_required', needsConfirmation);
}

function stepUp(isEnough: IsEnough): interactionPolicy.Prompt {
  return new Prompt(
    { name: 'step_up' },
    (ctx) => ({ ...describe(ctx, 'step_up') }),
    // First: with prompt=none its error is the one that the client gets.
    new Check(
      'essential_acr',
      'none of the essential acr values is reached',
      'unmet_authentication_requirements',
      (ctx) => {
        const reached = isEssentialAcrReached(ctx);
        // Asking the same again would never end.
        if (!reached && ctx.oidc.result?.step_up !== undefined) throw new errors.UnmetAuthenticationRequirements();
        return !reached;
      },
    ),
    new Check('assurance', 'the session proved too little', 'interaction_required', async (ctx) => {
      const { session, client, params, result } = ctx.oidc;
      const read = foundStanding(ctx);
      const evidence = session === undefined ? undefined : evidenceOf(session);
      if (session?.accountId === undefined || client === undefined || evidence === undefined) return true;
      const { adding, ...own } = ownRequest(params);
      // The person was asked, whatever came of it.
      const asked = result?.login !== undefined || result?.step_up !== undefined;
      const enough = await isEnough({
        session: { account: session.accountId, ...evidence },
        client: client.clientId,
        acceptableAcrs: requestedAcr(params).values,
        inPerson: wantsPerson(params),
        ...own,
        ...(adding !== undefined && !asked && { adding }),
        ...(read !== undefined && { read }),
      });
      return !enough;
    }),
  );
}

function isEssentialAcrReached({ oidc: { params, session } }: KoaContextWithOIDC): boolean {
  const { values, essential } = requestedAcr(params);
  const reached = session?.acr;
  if (!essential) return true;
  return isAcr(reached) && values.filter(isAcr).some((value) => acrRank(value) <= acrRank(reached));
}
