import { compactVerify } from 'jose';
import { z } from 'zod';
import { leadsTo, readCertificates } from './certificates.ts';
import { library } from './library.ts';

/** Who signs the metadata that the FIDO Alliance publishes. */
const PUBLISHER = 'mds.fidoalliance.org';

/** Statuses after which a model is not to be trusted (FIDO Metadata Service 3.1, section 3.1.4). */
const lost: readonly string[] = [
  'USER_VERIFICATION_BYPASS',
  'ATTESTATION_KEY_COMPROMISE',
  'USER_KEY_REMOTE_COMPROMISE',
  'USER_KEY_PHYSICAL_COMPROMISE',
  'REVOKED',
];

const header = z.looseObject({ x5c: z.array(z.base64()).min(1) });

const payload = z.looseObject({
  nextUpdate: z.iso.date(),
  entries: z.array(
    z.looseObject({
      aaguid: z.string().optional(),
      metadataStatement: z
        .looseObject({ description: z.string(), attestationRootCertificates: z.array(z.string()) })
        .optional(),
      statusReports: z.array(z.looseObject({ status: z.string() })),
    }),
  ),
});

/** What is known of one model of authenticators. */
export interface Model {
  /** What its maker calls it. */
  readonly name: string;
  /** Roots of its attestation, DER. */
  readonly roots: readonly Uint8Array[];
  readonly trusted: boolean;
}

/** Statements about models of authenticators, by AAGUID. */
export interface Metadata {
  readonly models: ReadonlyMap<string, Model>;
  /** Milliseconds since the Unix epoch: from then on there is a newer file. */
  readonly nextUpdate: number;
}

/**
 * Reads a metadata BLOB (FIDO Metadata Service 3.1, section 3.1.7): a signed JWT whose certificates must lead to a root.
 *
 * @param blob the file's text
 * @param options.root PEM of the root of a publisher of one's own, in place of those of the FIDO Alliance
 * @param options.now milliseconds since the Unix epoch
 * @throws Error when signature or certificates cannot be verified, or it is no such file
 */
export async function readMetadata(
  blob: string,
  { root, now }: { readonly root?: string | undefined; readonly now: number },
): Promise<Metadata> {
  const verified = await compactVerify(blob.trim(), async (given) => {
    const { x5c } = header.parse(given);
    const chain = readCertificates(x5c.map((der) => Buffer.from(der, 'base64')));
    const roots = readCertificates(root === undefined ? await rootsOfThePublisher() : [root]);
    const [signer] = chain ?? [];
    if (signer === undefined || chain === undefined || roots === undefined || !leadsTo(roots, chain, now)) {
      throw new Error('The certificates of the metadata lead to no root that is known');
    }
    // Those roots certify many others.
    if (root === undefined && signer.checkHost(PUBLISHER) === undefined) {
      throw new Error(`The metadata is not signed by ${PUBLISHER}`);
    }
    return signer.publicKey;
  });
  const { entries, nextUpdate } = payload.parse(JSON.parse(Buffer.from(verified.payload).toString()));
  const models = new Map<string, Model>();
  for (const { aaguid, metadataStatement: statement, statusReports } of entries) {
    if (aaguid === undefined || statement === undefined) continue;
    models.set(aaguid.toLowerCase(), {
      name: statement.description,
      roots: statement.attestationRootCertificates.map((der) => Buffer.from(der, 'base64')),
      trusted: !statusReports.some(({ status }) => lost.includes(status)),
    });
  }
  return { models, nextUpdate: Date.parse(nextUpdate) };
}

/** As the library brings them along. */
async function rootsOfThePublisher(): Promise<readonly string[]> {
  const { SettingsService } = await library();
  return SettingsService.getRootCertificates({ identifier: 'mds' });
}
