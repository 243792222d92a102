import type { HttpApi, Reply } from './http-provider.ts';

/** Bird's Channels API. */
export function birdApi(account: { accessKey: string; workspace: string; channel: string }): HttpApi {
  return {
    respond(request, take) {
      const { accessKey, workspace, channel } = account;
      if (request.headers.authorization !== `AccessKey ${accessKey}`) {
        return failed(401, 'Unauthorized', 'The access key is invalid');
      }
      if (request.path !== `/workspaces/${workspace}/channels/${channel}/messages` || request.method !== 'POST') {
        return failed(404, 'NotFound', 'The requested resource could not be found');
      }
      const { receiver, body, reference } = JSON.parse(request.body);
      const to = receiver?.contacts?.[0]?.identifierValue;
      if (!/^\+\d{8,15}$/.test(String(to)) || body?.type !== 'text' || typeof body.text?.text !== 'string') {
        return failed(422, 'InvalidPayload', `The request body is invalid: ${to}`);
      }
      take({ to, text: body.text.text });
      return { status: 202, body: { id: 'a1405560-c8d3-4b1a-877d-3f449ad95352', status: 'accepted', reference } };
    },
    throttled: failed(429, 'TooManyRequests', 'Too Many Requests'),
    unavailable: failed(503, 'ServiceUnavailable', 'Service unavailable'),
    broken: failed(500, 'InternalError', 'Something went wrong'),
  };
}

function failed(status: number, code: string, message: string): Reply {
  return { status, body: { code, message } };
}
