import { type Login, newLogin } from '../../domain/login.ts';
import type { SignInRequest } from '../../domain/sign-in-request.ts';

/** The login that a request begins with: a step-up starts from what the session proved, anything else from nothing. */
export function started({
  uid,
  fresh,
  session,
  adding,
}: Pick<SignInRequest, 'uid' | 'fresh' | 'session' | 'adding'>): Login {
  const login = { ...newLogin(uid), ...(adding !== undefined && { adding }) };
  if (session === undefined || fresh) return login;
  const { account, epoch, proofs } = session;
  return { ...login, account, epoch, proofs, brought: proofs.length };
}
