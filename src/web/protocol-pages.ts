import type { ProtocolPages } from '../oidc/protocol-pages.ts';
import type { Pages } from './pages.ts';

/** The pages that people see of oidc-provider's own routes. */
export function protocolPages(pages: Pages): ProtocolPages {
  return {
    async error(ctx, { code, description }) {
      const requestId: string = ctx.state.requestId;
      return pages.html(ctx, 'error', { error: { code, requestId, ...(description && { description }) } });
    },
    async signOut(ctx, { form, client }) {
      return pages.html(ctx, 'sign-out', { form, ...(client && { client }) });
    },
    async signedOut(ctx, { client }) {
      return pages.html(ctx, 'signed-out', { ...(client && { client }) });
    },
  };
}
