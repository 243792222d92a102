import type { Interaction, KoaContextWithOIDC } from 'oidc-provider';
import type { ConsentRequest, SessionStanding } from '../domain/sign-in-request.ts';
import { evidenceOf } from './carried.ts';
import { consentToAsk } from './consent.ts';
import { type RequestedAcr, requestedAcr } from './requested-acr.ts';

/** What a prompt hands to the sign-in pages through the interaction that oidc-provider stores (encrypted). */
export interface PromptDetails {
  readonly acr: RequestedAcr;
  readonly consent?: ConsentRequest;
  readonly subject?: string;
  /** Whose session it is; absent where it does not count, because somebody must sign in from the start. */
  readonly session?: SessionStanding & {
    /** Seconds since the Unix epoch: when its person signed in, `auth_time`. */
    readonly loginTs: number;
    /** It outlives the browser. */
    readonly stay: boolean;
  };
}

/** Gathers the details of a prompt while the session and the grant are at hand. */
export function describe(ctx: KoaContextWithOIDC, prompt: string): { readonly details: PromptDetails } {
  const consent = consentToAsk(ctx, prompt);
  const session = prompt === 'login' ? undefined : standingOf(ctx);
  const subject = demandedSubject(ctx);
  return {
    details: {
      acr: requestedAcr(ctx.oidc.params),
      ...(consent === undefined ? undefined : { consent }),
      ...(session === undefined ? undefined : { session }),
      ...(subject === undefined ? undefined : { subject }),
    },
  };
}

/** @throws when the interaction was made by another policy than ours */
export function detailsOf({ prompt }: Interaction): PromptDetails {
  const { details } = prompt.details;
  if (!isDetails(details)) throw new TypeError(`prompt "${prompt.name}" has no details of ours`);
  return details;
}

function standingOf({ oidc: { session } }: KoaContextWithOIDC): PromptDetails['session'] {
  const evidence = session === undefined ? undefined : evidenceOf(session);
  if (session?.accountId === undefined || session.loginTs === undefined || evidence === undefined) return undefined;
  return { account: session.accountId, ...evidence, loginTs: session.loginTs, stay: session.transient !== true };
}

/** `id_token_hint`, else the `sub` of a claims request (OpenID Connect Core, sections 3.1.2.1 and 5.5.1). */
function demandedSubject({ oidc }: KoaContextWithOIDC): string | undefined {
  const hinted = oidc.entities.IdTokenHint?.payload.sub;
  return typeof hinted === 'string' ? hinted : oidc.claims.id_token?.sub?.value;
}

// Written by `describe` and kept by our own storage: the shape needs no deeper look.
function isDetails(value: unknown): value is PromptDetails {
  return typeof value === 'object' && value !== null && 'acr' in value;
}
