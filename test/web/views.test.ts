import { expect } from 'chai';
import { type Gallery, openGallery } from '../support/gallery.ts';
import { samples } from '../support/page-samples.ts';

describe('views in a browser can be used by everybody:', () => {
  // The longer words are Dutch: they are the ones to fit in a narrow window.
  const all = samples('nl');
  let gallery: Gallery;
  before(async () => {
    gallery = await openGallery({ samples: all });
  });
  after(() => gallery.close());

  for (const sample of all) {
    it(sample.name, async () => expect(await gallery.look(sample)).to.deep.equal([]));
  }
});
