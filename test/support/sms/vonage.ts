import { basicOf, type HttpApi, type Reply } from './http-provider.ts';

const GSM = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/;

/** Vonage's SMS API: one status for each part of the message, under HTTP 200. */
export function vonageApi({ apiKey, apiSecret }: { apiKey: string; apiSecret: string }): HttpApi {
  return {
    respond(request, take) {
      if (request.path !== '/sms/json' || request.method !== 'POST') return { status: 404, body: '' };
      if (basicOf(request) !== `${apiKey}:${apiSecret}`) return failed('4', 'Bad Credentials');
      const form = new URLSearchParams(request.body);
      const [to, text, from] = ['to', 'text', 'from'].map((name) => form.get(name));
      if (!to || !text || !from) return failed('2', 'Missing to, from or text param');
      if (!/^\d{7,15}$/.test(to)) return failed('3', 'to address is not numeric');
      if (!GSM.test(text) && form.get('type') !== 'unicode') return failed('3', 'Invalid value for type');
      take({ to: `+${to}`, text });
      const parts = Math.ceil(text.length / 153);
      const part = {
        to,
        'message-id': '0A0000000123ABCD1',
        status: '0',
        'remaining-balance': '3.14',
        network: '20416',
      };
      return {
        status: 200,
        body: { 'message-count': `${parts}`, messages: Array.from({ length: parts }, () => part) },
      };
    },
    throttled: failed('1', 'Throughput Rate Exceeded - please wait [ 250 ] and retry'),
    unavailable: { status: 503, headers: { 'content-type': 'text/html' }, body: '<h1>503</h1>' },
    broken: failed('5', 'Internal Error'),
  };
}

function failed(status: string, text: string): Reply {
  return { status: 200, body: { 'message-count': '1', messages: [{ status, 'error-text': text }] } };
}
