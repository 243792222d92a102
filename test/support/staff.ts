import { appCode } from './codes.ts';
import type { Journey, Visitor } from './journey.ts';
import { PASSWORD, TOTP_KEY } from './seed.ts';

const one = (username: string, name: string, roles: readonly string[]) => ({
  type: 'account',
  organization: 'MOLEN',
  username,
  name,
  roles,
  password: PASSWORD,
  email: `${username}@molen.example`,
  emailVerified: true,
  factors: { totp: { key: TOTP_KEY } },
});

/** One person of each role, all of the office that asks nobody for a second factor, with an authenticator app each. */
export const staff = [
  one('ada', 'Ada Beheer', ['administrator']),
  one('sara', 'Sara Super', ['superuser']),
  one('carl', 'Carl Cijfers', ['accountant']),
];

/** Opens a page of the console, through the front door. Time goes on, for each code of an app works once. */
export async function signInToConsole(journey: Journey, visitor: Visitor, username: string, path = ''): Promise<void> {
  await visitor.page.goto(`${journey.idp.issuer}/admin${path}`);
  await visitor.enterPassword(username, 'MOLEN');
  await visitor.enterCode(appCode(journey.idp.clock));
  // Who was imported has no recovery codes yet.
  if ((await visitor.page.locator('input[name=kept]').count()) > 0) await visitor.keepCodes();
}
