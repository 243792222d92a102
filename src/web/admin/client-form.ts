import type { z } from 'zod';
import { scopes } from '../../flows/administration/scopes.ts';
import type { clientKind } from '../../flows/administration/shapes/client.ts';
import { idOfCode } from './codes.ts';
import { isTicked, linesOf, proseOf, textOf, ticked } from './form-values.ts';
import type { Posted } from './visit.ts';

type Metadata = Readonly<Record<string, unknown>>;

/**
 * What the form of an application says.
 * @param before what stands: metadata that the form does not show stays
 */
export async function clientIn(
  posted: Posted,
  kind: z.output<typeof clientKind> | undefined,
  before: Metadata = {},
): Promise<object> {
  const { form } = posted;
  if (kind === 'service') {
    const { scope: _, ...rest } = before;
    const granted = ticked(form, 'scope', scopes);
    return {
      name: form.name,
      administers: await administersIn(posted),
      metadata: { ...rest, ...(granted.length > 0 && { scope: granted.join(' ') }) },
    };
  }
  const codes = linesOf(form, 'organizations');
  return {
    name: form.name,
    firstParty: isTicked(form, 'firstParty'),
    minimumAcr: textOf(form, 'minimumAcr'),
    organizations:
      codes.length === 0 ? null : await Promise.all(codes.map((code) => idOfCode(posted, 'organizations', code))),
    ...(kind === 'web' && { pkceRequired: isTicked(form, 'pkceRequired') }),
    description: proseOf(form, 'description'),
    metadata: metadataIn(posted, before),
  };
}

function metadataIn({ form }: Posted, before: Metadata): Metadata {
  const shown = ['initiate_login_uri', 'logo_uri', 'client_uri', 'backchannel_logout_uri'];
  const texts = shown.map((name) => [name, textOf(form, name)] as const);
  const kept = Object.entries(before).filter(([name]) => !shown.includes(name) && name !== 'post_logout_redirect_uris');
  const after = linesOf(form, 'post_logout_redirect_uris');
  return {
    ...Object.fromEntries(kept),
    redirect_uris: linesOf(form, 'redirect_uris'),
    ...(after.length > 0 && { post_logout_redirect_uris: after }),
    grant_types: ['authorization_code', ...(isTicked(form, 'refresh') ? ['refresh_token'] : [])],
    ...Object.fromEntries(texts.filter(([, text]) => text !== null)),
  };
}

async function administersIn(posted: Posted): Promise<object | null> {
  const { form } = posted;
  if (form.administers === 'everything') return { organization: null };
  if (form.administers !== 'organization') return null;
  return { organization: await idOfCode(posted, 'administersCode', textOf(form, 'administersCode') ?? '') };
}
