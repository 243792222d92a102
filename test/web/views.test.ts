import { expect } from 'chai';
import { gallery } from '../support/gallery.ts';
import { samples } from '../support/page-samples.ts';

describe('views in a browser', () => {
  for (const locale of ['en', 'nl'] as const) {
    it(`can be used by everybody, light, dark and at 320 pixels (${locale})`, async function () {
      this.timeout(180_000);
      const found: string[] = [];
      await gallery(samples(locale), (sample, look, faults) => {
        found.push(...faults.map((fault) => `${sample.name} ${look.name}: ${fault}`));
      });
      expect(found).to.deep.equal([]);
    });
  }
});
