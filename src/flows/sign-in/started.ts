import { type Login, newLogin } from '../../domain/login.ts';
import type { SignInRequest } from '../../domain/sign-in-request.ts';

/** The login that a request begins with: a step-up starts from what the session proved, anything else from nothing. */
export function started({ uid, fresh, session }: Pick<SignInRequest, 'uid' | 'fresh' | 'session'>): Login {
  if (session === undefined || fresh) return newLogin(uid);
  const { account, epoch, proofs } = session;
  return { ...newLogin(uid), account, epoch, proofs, brought: proofs.length };
}
