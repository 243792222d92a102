import type { ProtocolPages } from '../oidc/protocol-pages.ts';
import { devicePages } from './device.ts';
import { type RestartNeeds, restartPage } from './restart-page.ts';

/** The pages that people see of oidc-provider's own routes. Without a choice of language: asked again, most of them would mean something else. */
export function protocolPages(needs: RestartNeeds): ProtocolPages {
  const { pages, clients } = needs;
  return {
    ...devicePages(needs),
    async error(ctx, { code, description }) {
      if (code === 'interaction-expired') return restartPage(ctx, needs);
      const requestId: string = ctx.state.requestId;
      return pages.html(ctx, 'error', {
        languages: [],
        error: { code, requestId, ...(description && { description }) },
      });
    },
    async signOut(ctx, { form, client }) {
      return pages.html(ctx, 'sign-out', { languages: [], form, ...(client && { client }) });
    },
    async signedOut(ctx, { client }) {
      const uri = client && (await clients.byId(client.id))?.metadata.client_uri;
      const leadsTo = typeof uri === 'string' && /^https?:\/\//i.test(uri) ? { leadsTo: uri } : {};
      return pages.html(ctx, 'signed-out', { languages: [], ...(client && { client }), ...leadsTo });
    },
  };
}
