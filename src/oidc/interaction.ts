import type { Context } from 'koa';
import { errors, type Grant, type InteractionResults, type Provider, type Interaction as Stored } from 'oidc-provider';
import type { Acr } from '../domain/acr.ts';
import { Failure } from '../domain/failure.ts';
import type { Epoch, Proof } from '../domain/login.ts';
import type { ConsentRequest, SessionStanding, SignInRequest } from '../domain/sign-in-request.ts';
import { epochOfGrant, type Origin, putEpoch } from './carried.ts';
import { wantsPerson } from './in-person.ts';
import { ownRequest } from './own-request.ts';
import { detailsOf, type PromptDetails } from './prompt-details.ts';

/** A request that waits for somebody to sign in, to prove more or to agree. */
export interface Interaction {
  readonly request: SignInRequest;
  /** `ui_locales` of the request (OpenID Connect Core, section 3.1.2.1): languages, the preferred one first. */
  readonly uiLocales?: readonly string[];
}

/** How somebody signed in. */
export interface SignedIn {
  readonly account: string;
  readonly epoch: Epoch;
  readonly proofs: readonly Proof[];
  readonly acr: Acr;
  readonly amr: readonly string[];
  /** Milliseconds since the Unix epoch. `auth_time`, except on a step-up, which keeps that of the session. */
  readonly identifiedAt: number;
  /** The session outlives the browser. */
  readonly stay: boolean;
  /** Id of the remembered device that stood in for a second factor: the session is good for no more than that device is. */
  readonly remembered?: string;
  /** Shown to the person among their sessions. */
  readonly origin?: Origin;
}

/** oidc-provider's interactions, for the pages that know nothing of it. Each ending answers the address to lead the browser to. */
export interface Interactions {
  /**
   * The interaction that this browser's cookie names.
   * @throws Failure `interaction-expired`, also when another tab changed who is signed in
   */
  find(ctx: Pick<Context, 'req' | 'res'>): Promise<Interaction>;
  /** Everything was proved and, where the request asked for it, agreed to. */
  finish(interaction: Interaction, signedIn: SignedIn): Promise<string>;
  /** The person gave up or may not go on: the application gets `access_denied`. */
  abort(interaction: Interaction): Promise<string>;
}

/** @param provider the one of now: another takes its place when signing keys change */
export function createInteractions(provider: () => Provider): Interactions {
  // What `find` read: an ending writes it back without reading it again, as `provider.interactionResult` would.
  const stored = new WeakMap<Interaction, Stored>();

  async function end(interaction: Interaction, result: InteractionResults): Promise<string> {
    const found = storedOf(interaction);
    found.result = result;
    await found.persist();
    return found.returnTo;
  }

  function storedOf(interaction: Interaction): Stored {
    const found = stored.get(interaction);
    if (found === undefined) throw new TypeError('expected an interaction that `find` returned');
    return found;
  }

  return {
    async find({ req, res }) {
      const found = await provider()
        .interactionDetails(req, res)
        .catch((error: unknown) => {
          throw error instanceof errors.SessionNotFound
            ? new Failure('interaction-expired', 400, { cause: error })
            : error;
        });
      const interaction = { request: requestOf(found), ...uiLocalesOf(found) };
      stored.set(interaction, found);
      return interaction;
    },

    async finish(interaction, signedIn) {
      const found = storedOf(interaction);
      const { consent } = interaction.request;
      const grantId = consent === undefined ? undefined : await agree(provider(), found, { signedIn, consent });
      return end(interaction, {
        // What an earlier step of the same request brought about still counts.
        ...found.lastSubmission,
        ...loginOf(found, signedIn),
        ...(grantId === undefined ? undefined : { consent: { grantId } }),
      });
    },

    abort: (interaction) =>
      end(interaction, { error: 'access_denied', error_description: 'End-User aborted interaction' }),
  };
}

function requestOf(stored: Stored): SignInRequest {
  const { acr, session, consent, subject } = detailsOf(stored);
  const { uid, params, prompt } = stored;
  return {
    uid,
    client: String(params.client_id),
    fresh: prompt.reasons.some((reason) => reason === 'login_prompt' || reason === 'max_age'),
    inPerson: wantsPerson(params),
    acceptableAcrs: acr.values,
    ...ownRequest(params),
    ...(session === undefined ? undefined : { session: standingOf(session) }),
    ...(consent === undefined ? undefined : { consent }),
    ...(typeof params.login_hint === 'string' ? { loginHint: params.login_hint } : undefined),
    ...(subject === undefined ? undefined : { subject }),
  };
}

function standingOf({ account, epoch, proofs, remembered }: SessionStanding): SessionStanding {
  return { account, epoch, proofs, ...(remembered !== undefined && { remembered }) };
}

function uiLocalesOf({ params }: Stored): Pick<Interaction, 'uiLocales'> {
  return typeof params.ui_locales === 'string' ? { uiLocales: params.ui_locales.split(' ').filter(Boolean) } : {};
}

/** The part of a result that makes the session this person's; agreeing, with nothing more to prove, leaves the session as it is. */
function loginOf(stored: Stored, signedIn: SignedIn): InteractionResults {
  const { account, epoch, proofs, acr, amr, identifiedAt, stay, remembered, origin } = signedIn;
  const session = continuedBy(stored, signedIn);
  const isSame = session?.proofs.length === proofs.length && session.remembered === remembered;
  if (stored.prompt.name === 'consent' && isSame) return {};
  const login = {
    accountId: account,
    acr,
    amr: [...amr],
    // A second factor does not make the password younger: `max_age` goes by when the person signed in.
    ts: session?.loginTs ?? Math.floor(identifiedAt / 1_000),
    remember: session?.stay ?? stay,
    epoch,
    proofs,
    ...(remembered !== undefined && { remembered }),
    ...(origin && { origin }),
  };
  return { login, ...(stored.prompt.name === 'login' ? undefined : { [stored.prompt.name]: {} }) };
}

/** The session that the person went on from; none when somebody signed in from the start ("not you?"), be it the same person. */
function continuedBy(stored: Stored, { account, proofs }: SignedIn): PromptDetails['session'] {
  const { session } = detailsOf(stored);
  const isContinued =
    session?.account === account &&
    session.proofs.every(({ factor, at }, index) => proofs[index]?.factor === factor && proofs[index].at === at);
  return isContinued ? session : undefined;
}

interface Agreement {
  readonly signedIn: SignedIn;
  readonly consent: ConsentRequest;
}

/** Writes down what the person agreed to, on the grant at hand when it is theirs and current. Answers the grant's id. */
async function agree(
  provider: Provider,
  { grantId, params }: Stored,
  { signedIn, consent }: Agreement,
): Promise<string> {
  const { account, epoch } = signedIn;
  const found = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  const isTheirs = found !== undefined && found.accountId === account && epochOfGrant(found) === epoch;
  const grant: Grant = isTheirs
    ? found
    : new provider.Grant({ accountId: account, clientId: String(params.client_id) });
  grant.addOIDCScope([...consent.scopes]);
  grant.addOIDCClaims([...consent.claims]);
  putEpoch(grant, epoch);
  return grant.save();
}
