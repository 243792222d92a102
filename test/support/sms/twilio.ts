import { basicOf, type HttpApi, type Reply } from './http-provider.ts';

/** Twilio's Messages resource, API of 2010-04-01, with the errors that it documents. */
export function twilioApi(account: { sid: string; keySid?: string; secret: string }): HttpApi {
  return {
    respond(request, take) {
      const { sid, keySid = sid, secret } = account;
      if (request.path !== `/2010-04-01/Accounts/${sid}/Messages.json` || request.method !== 'POST') {
        return error(404, 20404, `The requested resource ${request.path} was not found`);
      }
      if (basicOf(request) !== `${keySid}:${secret}`) return error(401, 20003, 'Authenticate');
      const form = new URLSearchParams(request.body);
      const [to = '', text = ''] = [form.get('To') ?? '', form.get('Body') ?? ''];
      const from = form.get('From') ?? form.get('MessagingServiceSid');
      if (from === null) return error(400, 21603, "A 'From' phone number is required.");
      if (text === '') return error(400, 21602, 'Message body is required.');
      if (!/^\+\d{8,15}$/.test(to)) return error(400, 21211, `The 'To' number ${to} is not a valid phone number.`);
      take({ to, text });
      const body = {
        sid: `SM${'0'.repeat(32)}`,
        account_sid: sid,
        to,
        from,
        body: text,
        status: 'queued',
        error_code: null,
      };
      return { status: 201, body };
    },
    throttled: error(429, 20429, 'Too Many Requests'),
    unavailable: error(503, 20503, 'Service is unavailable'),
    broken: error(500, 20500, 'Internal Server Error'),
  };
}

function error(status: number, code: number, message: string): Reply {
  return { status, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } };
}
