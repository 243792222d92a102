import type { HttpApi, Reply } from './http-provider.ts';

/** MessageBird's SMS API. */
export function messageBirdApi({ accessKey }: { accessKey: string }): HttpApi {
  return {
    respond(request, take) {
      if (request.path !== '/messages' || request.method !== 'POST') return failed(404, 20, 'message not found');
      if (request.headers.authorization !== `AccessKey ${accessKey}`) {
        return failed(401, 2, 'Request not allowed (incorrect access_key)', 'access_key');
      }
      const { originator, recipients, body, datacoding, reference } = JSON.parse(request.body);
      if (!Array.isArray(recipients) || recipients.length === 0) {
        return failed(422, 9, 'no (correct) recipients found', 'recipients');
      }
      if (!/^\d{8,15}$/.test(String(recipients[0]))) return failed(422, 10, 'invalid recipient', 'recipients');
      if (typeof body !== 'string' || datacoding !== 'auto') return failed(422, 10, 'invalid', 'body');
      take({ to: `+${recipients[0]}`, text: body });
      const items = [{ recipient: Number(recipients[0]), status: 'sent', statusDatetime: '2026-01-15T09:00:00+00:00' }];
      return {
        status: 201,
        body: {
          id: 'e8077d803532c0b5937c639b60216938',
          type: 'sms',
          originator,
          body,
          reference,
          recipients: { items },
        },
      };
    },
    throttled: failed(429, 98, 'Too many requests'),
    unavailable: failed(503, 99, 'Service unavailable'),
    broken: failed(500, 99, 'Internal error'),
  };
}

function failed(status: number, code: number, description: string, parameter: string | null = null): Reply {
  return { status, body: { errors: [{ code, description, parameter }] } };
}
