import type { z } from 'zod';
import type { client } from '../flows/administration/shapes/client.ts';
import type { Opened } from './administration.ts';
import { listIn, named, proseIn, textIn } from './entered.ts';
import { officeOf } from './person.ts';
import type { Asked } from './resource-commands.ts';

type Standing = Pick<z.output<typeof client>, 'metadata' | 'description'>;

/** What was named about an application, in the fields of the acts. @throws where an organization is named that there is not */
export async function clientFields(opened: Opened, asked: Asked, standing?: Standing): Promise<Asked> {
  return named({
    firstParty: asked.firstParty,
    pkceRequired: asked.pkce,
    minimumAcr: textIn(asked.minimumAcr),
    organizations: await organizationsIn(opened, asked),
    description: proseIn(asked, 'description', standing?.description),
    administers: await administersIn(opened, asked),
    metadata: metadataIn(asked, standing?.metadata),
  });
}

async function organizationsIn(opened: Opened, asked: Asked): Promise<unknown> {
  const codes = listIn(asked.office);
  return Array.isArray(codes) ? Promise.all(codes.map((office) => officeOf(opened, { office }))) : codes;
}

async function administersIn(opened: Opened, { administers, administersEverything }: Asked): Promise<unknown> {
  if (administersEverything === true) return { organization: null };
  if (administers === undefined || administers === '') return textIn(administers);
  return { organization: await officeOf(opened, { office: administers }) };
}

/** The act takes all metadata at once: what was named, laid over what stands. */
function metadataIn(asked: Asked, standing: object = {}): object | undefined {
  const said = {
    ...Object(asked.metadata),
    ...named({
      redirect_uris: listIn(asked.redirectUri),
      post_logout_redirect_uris: listIn(asked.postLogoutRedirectUri),
      scope: textIn(asked.scope),
    }),
  };
  if (Object.keys(said).length === 0) return undefined;
  const laid = Object.entries({ ...standing, ...said });
  return Object.fromEntries(laid.filter(([, value]) => value !== null));
}
