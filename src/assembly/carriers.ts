import type { SmsSettings } from '../config.ts';
import { bird } from '../delivery/sms/bird.ts';
import type { Carrier } from '../delivery/sms/carrier.ts';
import { http } from '../delivery/sms/http.ts';
import { messageBird } from '../delivery/sms/messagebird.ts';
import { smpp } from '../delivery/sms/smpp.ts';
import { twilio } from '../delivery/sms/twilio.ts';
import { vonage } from '../delivery/sms/vonage.ts';
import type { Clock } from '../domain/clock.ts';

/** The configured gateways for text messages, in the order in which they are tried. */
export function carriersOf(sms: SmsSettings, clock: Clock): readonly Carrier[] {
  const { timeout, gateway, fallback } = sms;
  const parts = { deadline: () => AbortSignal.timeout(timeout), clock };
  const made = {
    twilio: sms.twilio && twilio(sms.twilio, parts),
    vonage: sms.vonage && vonage(sms.vonage, parts),
    messagebird: sms.messagebird && messageBird(sms.messagebird, parts),
    bird: sms.bird && bird(sms.bird, parts),
    smpp: sms.smpp && smpp(sms.smpp, parts),
    http: sms.http && http(sms.http, parts),
    outbox: undefined,
  };
  return [gateway, fallback].flatMap((name) => (name === undefined ? [] : (made[name] ?? [])));
}
