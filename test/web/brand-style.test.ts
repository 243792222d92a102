import { expect } from 'chai';
import { brandStyle } from '../../src/web/brand-style.ts';

const coloursOf = (style: string) =>
  [...style.matchAll(/--brand:(#\w+);--on-brand:(#\w+)/g)].map(([, ...both]) => both);

describe('brandStyle', () => {
  it('is empty without colours', () => {
    expect(brandStyle({ name: 'Site' })).to.equal('');
  });

  it('keeps a colour that is readable', () => {
    const [light] = coloursOf(brandStyle({ name: 'Site', colour: '#0b5c7a' }));
    expect(light).to.deep.equal(['#0b5c7a', '#ffffff']);
  });

  it('darkens a pale colour for the light scheme, and lightens a dark one for the dark', () => {
    const [light, dark] = coloursOf(brandStyle({ name: 'Site', colour: '#ffb000' }));
    expect(light?.[0]).to.not.equal('#ffb000');
    expect(dark?.[0]).to.equal('#ffb000');
    const [, lightened] = coloursOf(brandStyle({ name: 'Site', colour: '#000000' }));
    expect(lightened?.[0]).to.not.equal('#000000');
  });

  it('takes an own colour for the dark scheme', () => {
    const [, dark] = coloursOf(brandStyle({ name: 'Site', colour: '#0b5c7a', darkColour: '#aaffaa' }));
    expect(dark?.[0]).to.equal('#aaffaa');
  });

  it('takes nothing else for a colour', () => {
    expect(() => brandStyle({ name: 'Site', colour: 'red;}body{display:none' })).to.throw('expected a colour');
  });
});
