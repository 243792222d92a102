import type { Carrier } from '../../../src/delivery/sms/carrier.ts';
import type { HttpParts } from '../../../src/delivery/sms/http-exchange.ts';
import type { SmsGatewaySetting } from '../../contracts/sms-gateway.ts';
import { FakeClock } from '../../support/clock.ts';
import { type HttpApi, startHttpProvider } from '../../support/sms/http-provider.ts';

/** Waits for ever: time is no matter of these tests. */
export const patiently = (): AbortSignal => new AbortController().signal;

/** A provider of text messages over HTTP, and carriers that speak to it. */
export async function openHttp(
  api: HttpApi,
  { secret, carrier }: { secret: string; carrier(url: string, secret: string, parts: HttpParts): Carrier },
): Promise<SmsGatewaySetting & { readonly provider: Awaited<ReturnType<typeof startHttpProvider>> }> {
  const provider = await startHttpProvider(api);
  const clock = new FakeClock();
  let isOpen = true;
  return {
    provider,
    secret,
    carrier: ({ port = provider.port, secret: given = secret, deadline = patiently } = {}) =>
      carrier(`http://127.0.0.1:${port}`, given, { deadline, clock }),
    async close() {
      if (isOpen) await provider.close();
      isOpen = false;
    },
  };
}
