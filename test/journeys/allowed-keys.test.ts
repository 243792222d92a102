import { writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { temporaryDirectory } from '../support/directory.ts';
import { type Journey, openJourney } from '../support/journey.ts';
import { PASSWORD } from '../support/seed.ts';
import { metadataBlob, newPublisher } from '../support/webauthn/metadata-blob.ts';
import { VirtualKeys } from '../support/webauthn/virtual-key.ts';

describe('an organization that allows some models of keys alone', () => {
  let journey: Journey;
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  before(async () => {
    directory = await temporaryDirectory();
    const publisher = await newPublisher();
    const model = '11111111-2222-3333-4444-555555555555';
    const [metadata, metadataRoot] = [`${directory.path}/blob.jwt`, `${directory.path}/root.pem`];
    await writeFile(metadata, await metadataBlob(publisher, [{ aaguid: model, description: 'Key 3', roots: [] }]));
    await writeFile(metadataRoot, publisher.root.certificate.toString('pem'));
    journey = await openJourney('SQLite and memory', {
      settings: { methods: ['totp', 'security-key'], webauthn: { metadata, metadataRoot } },
      lines: [
        { type: 'organization', code: 'KEUS', name: 'Keus', secondFactorRequired: true, authenticators: [model] },
        { type: 'account', organization: 'KEUS', username: 'kees', password: PASSWORD },
      ],
    });
  });
  after(async () => {
    await journey.close();
    await directory.remove();
  });

  it('asks a key who made it, and refuses one for which nobody vouches', async () => {
    const kees = await journey.visitor();
    const keys = await VirtualKeys.of(kees.page);
    await keys.plugIn();
    await kees.startSignIn();
    await kees.enterPassword('kees', 'KEUS');
    await kees.go();
    await kees.page.locator('input[value=security-key]').check();
    await kees.go();
    const options = await kees.page.locator('[data-webauthn]').getAttribute('data-options');
    expect(JSON.parse(options ?? '')).to.include({ attestation: 'direct' });
    await kees.press('[data-start]');
    expect(await kees.page.locator('[role=alert]').first().textContent()).to.match(/does not allow keys of this model/);
    await kees.assertAccessible();
    await kees.press('button[value=back]');
    expect(await kees.heading()).to.equal('Choose your second step');
  });
});
