import { expect } from 'chai';
import { gallery, looks } from '../support/gallery.ts';
import { samples } from '../support/page-samples.ts';

describe('views in a browser', () => {
  for (const look of looks) {
    // The longer words are Dutch: they are the ones to fit in a narrow window.
    const locale = look.name === 'light' ? 'en' : 'nl';
    it(`can be used by everybody (${look.name}, ${locale})`, async function () {
      this.timeout(600_000);
      const found: string[] = [];
      await gallery({ samples: samples(locale), looks: [look] }, (sample, _look, faults) => {
        found.push(...faults.map((fault) => `${sample.name}: ${fault}`));
      });
      expect(found).to.deep.equal([]);
    });
  }
});
