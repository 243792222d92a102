import { writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { pino } from 'pino';
import { openMetadata } from '../../src/assembly/metadata.ts';
import { ConfigError } from '../../src/config.ts';
import { FakeClock } from '../support/clock.ts';
import { temporaryDirectory } from '../support/directory.ts';
import { rejection } from '../support/rejection.ts';
import { metadataBlob, newPublisher, type Publisher } from '../support/webauthn/metadata-blob.ts';
import { testConfig } from '../support/world.ts';

const model = '11111111-2222-3333-4444-555555555555';

describe('the file of metadata', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let publisher: Publisher;
  const warnings: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line: string) => warnings.push(line) });
  const clock = new FakeClock(Date.UTC(2030, 0, 1));

  beforeEach(async () => {
    directory = await temporaryDirectory();
    publisher = await newPublisher();
    await writeFile(`${directory.path}/root.pem`, publisher.root.certificate.toString('pem'));
    warnings.length = 0;
  });
  afterEach(() => directory.remove());

  const open = (webauthn: object) => openMetadata(testConfig({ webauthn }), { clock, logger });
  async function files(nextUpdate?: string): Promise<{ metadata: string; metadataRoot: string }> {
    const metadata = `${directory.path}/blob.jwt`;
    const statement = { aaguid: model, description: 'Key 3', roots: [] };
    await writeFile(metadata, await metadataBlob(publisher, [statement], nextUpdate));
    return { metadata, metadataRoot: `${directory.path}/root.pem` };
  }

  it('is read where the configuration names one', async () => {
    expect(await open({})).to.equal(undefined);
    expect((await open(await files()))?.models.get(model)).to.include({ name: 'Key 3', trusted: true });
    expect(warnings).to.deep.equal([]);
  });

  it('is used when it is out of date, with a warning', async () => {
    expect((await open(await files('2029-12-31')))?.models.has(model)).to.equal(true);
    expect(warnings.join('')).to.include('out of date');
  });

  it('keeps Sluis from starting when it cannot be read or verified', async () => {
    const { metadata, metadataRoot } = await files();
    for (const [settings, path] of [
      [{ metadata: `${directory.path}/nothing` }, 'webauthn.metadata'],
      [{ metadata }, 'webauthn.metadata'],
      [{ metadata: metadataRoot, metadataRoot }, 'webauthn.metadata'],
      [{ metadata, metadataRoot: `${directory.path}/nothing` }, 'webauthn.metadataRoot'],
      [{ metadata, metadataRoot: metadata }, 'webauthn.metadataRoot'],
    ] as const) {
      const error = await rejection(open(settings));
      expect(error).to.be.instanceOf(ConfigError);
      expect(String(error)).to.include(`${path}:`);
    }
  });
});
