import { expect } from 'chai';
import { gallery } from '../support/gallery.ts';
import { samples } from '../support/page-samples.ts';

describe('views in a browser', () => {
  // The longer words are Dutch: they are the ones to fit in a narrow window.
  it('can be used by everybody', async () => {
    const found: string[] = [];
    await gallery({ samples: samples('nl') }, (sample, look, faults) => {
      found.push(...faults.map((fault) => `${sample.name} (${look.name}): ${fault}`));
    });
    expect(found).to.deep.equal([]);
  });
});
