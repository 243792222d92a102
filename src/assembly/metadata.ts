import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import { type Config, ConfigError } from '../config.ts';
import type { Clock } from '../domain/clock.ts';
import { readCertificates } from '../factors/webauthn/certificates.ts';
import { type Metadata, readMetadata } from '../factors/webauthn/metadata.ts';

/**
 * What makers say of their authenticators, where the configuration names a file of it. A file that is out of date is used all the same.
 * @throws {ConfigError} when a file cannot be read or verified
 */
export async function openMetadata(
  { webauthn }: Config,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): Promise<Metadata | undefined> {
  if (webauthn.metadata === undefined) return undefined;
  const root = webauthn.metadataRoot && (await text('webauthn.metadataRoot', webauthn.metadataRoot));
  if (root !== undefined && readCertificates([root]) === undefined) {
    throw fault('webauthn.metadataRoot', 'the path of a certificate in PEM');
  }
  const blob = await text('webauthn.metadata', webauthn.metadata);
  const metadata = await readMetadata(blob, { root, now: clock.now() }).catch(() => {
    throw fault('webauthn.metadata', 'a metadata BLOB whose signature and certificates can be verified');
  });
  if (metadata.nextUpdate < clock.now()) {
    logger.warn({ file: webauthn.metadata }, 'the metadata of authenticators is out of date: download it anew');
  }
  return metadata;
}

async function text(path: string, file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => {
    throw fault(path, 'the path of a file that can be read');
  });
}

function fault(path: string, expected: string): ConfigError {
  return new ConfigError([{ path, expected }]);
}
