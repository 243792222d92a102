import type { FactorTraits } from '../domain/factor.ts';
import { isOwnPage } from '../domain/own-page.ts';
import type { SignInRequest } from '../domain/sign-in-request.ts';
import { stepName } from '../domain/step.ts';
import type { Screen } from '../flows/sign-in/screen.ts';
import { scopesOf } from '../oidc/claims.ts';
import type { Page, Problem, View } from './page.ts';
import { shownClient } from './shown-client.ts';

/** Which template shows a screen. A factor's own views are found by its name. */
export function viewOf({ step }: Screen, factors: readonly FactorTraits[]): View {
  const recovery = factors.find(({ role }) => role === 'recovery')?.name ?? '';
  switch (step.at) {
    case 'identify':
      return `factors/${step.by[0] ?? ''}/identify`;
    case 'prove':
    case 'enrol':
      return `factors/${step.factor}/${step.at}`;
    case 'keep-codes':
      return `factors/${recovery}/enrol`;
    case 'reset':
      return `factors/${recovery}/reset`;
    case 'introduce':
    case 'choose':
    case 'locked':
    case 'permit':
    case 'codes-low':
    case 'announce':
    case 'offer':
    case 'consent':
    case 'refused':
      return `interaction/${step.at}`;
    case 'done':
      throw new Error(`a login at ${step.at} has no page of its own`);
  }
}

/** What a screen puts on its page, alongside what every page has. */
export function pageOf(screen: Screen, request: SignInRequest): Partial<Page> {
  const { step, show, alongside, client, account, organization, wizard, bound, problem } = screen;
  const { switchedOff, mayReset, detour, notice } = screen;
  return {
    step: stepName(step),
    show,
    ...(alongside && { alongside }),
    cancel: true,
    ...stepFields(screen),
    // Where somebody signs in to a page of ours, the deployment's name at the top says it all.
    ...(client && !isOwnPage(client.id) && { client: shownClient(client) }),
    ...(account && { person: personOf(account) }),
    ...(organization && { organization }),
    ...(wizard && { position: wizard }),
    ...(bound && { bound }),
    ...(switchedOff && { switchedOff }),
    ...(mayReset && { mayReset }),
    ...(detour && { detour }),
    ...(notice && { notice }),
    ...(problem && { problem: problemOf(problem), ...(problem.left !== undefined && { triesLeft: problem.left }) }),
    ...(request.consent && step.at === 'consent' && { scopes: scopesOf(request.consent) }),
  };
}

function stepFields({ step, another, rememberDays }: Screen): Partial<Page> {
  switch (step.at) {
    case 'prove':
      return {
        factor: step.factor,
        others: step.others,
        ...(another && { another }),
        ...(rememberDays !== undefined && { rememberDays }),
      };
    case 'enrol':
      return { factor: step.factor, others: step.others, optional: step.optional === true };
    case 'offer':
      return { factor: step.factor };
    case 'choose':
      return { between: step.between, ...(step.between[0] !== undefined && { chosen: step.between[0] }) };
    case 'locked':
    case 'announce':
      return { until: step.until };
    case 'codes-low':
      return { left: step.left };
    case 'refused':
      return { refusal: step.reason };
    case 'identify':
    case 'introduce':
    case 'keep-codes':
    case 'permit':
    case 'reset':
    case 'consent':
    case 'done':
      return {};
  }
}

function problemOf({ code, by, detail, field, wait }: NonNullable<Screen['problem']>): Problem {
  return {
    code,
    ...(by !== undefined && { by }),
    ...(detail !== undefined && { detail }),
    ...(field !== undefined && { field }),
    ...(wait !== undefined && { values: { seconds: Math.ceil(wait / 1000) } }),
  };
}

function personOf({ username, profile }: NonNullable<Screen['account']>): NonNullable<Page['person']> {
  return { username, ...(profile.name !== undefined && { name: profile.name }) };
}
