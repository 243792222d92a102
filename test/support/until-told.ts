import type { RunningIdentityProvider } from './identity-provider.ts';

/** Asks until an application has heard of a sign-out by the back channel. */
export async function untilTold(
  { log, clock }: Pick<RunningIdentityProvider, 'log' | 'clock'>,
  isTold: () => Promise<boolean>,
): Promise<void> {
  const undelivered = () => log.filter((line) => line.includes('logout not delivered')).length;
  let seen = 0;
  while (!(await isTold())) {
    // What an application on a busy machine did not take at once is sent again later. Time must not go on while it is sent.
    if (undelivered() > seen) {
      clock.advance(30_000 * 4 ** seen);
      seen += 1;
    }
  }
}
