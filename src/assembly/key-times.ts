import type { Config } from '../config.ts';
import type { KeyTimes } from '../flows/signing-keys/needs.ts';
import { verificationTime } from '../oidc/lifetimes.ts';

/** What a deployment's settings make of the life of a signing key. */
export function keyTimesOf({ oidc, session }: Config): KeyTimes {
  const verification = verificationTime({ idToken: oidc.lifetimes.idToken, session: session.lifetime });
  return { lead: oidc.signingKeys.leadTime, verification };
}
