import { expect } from 'chai';
import type { Locale } from '../../src/domain/locale.ts';
import { createAssets } from '../../src/web/assets.ts';
import { mailWords } from '../../src/web/mail-words.ts';
import { createRenderer } from '../../src/web/render.ts';
import { FakeClock } from '../support/clock.ts';

const brand = { name: 'Example ID' };

describe('mailWords', () => {
  const renderer = createRenderer({
    brand,
    assets: createAssets({ brand }),
    clock: new FakeClock(),
    timeZone: 'Europe/Amsterdam',
  });
  const write = mailWords(renderer, { brand, issuer: 'https://id.example.com' });

  for (const name of ['second-factor-announced', 'second-factor-soon']) {
    for (const [locale, day] of [
      ['en', '1 March 2026'],
      ['nl', '1 maart 2026'],
    ] as const satisfies readonly (readonly [Locale, string])[]) {
      it(`tells in ${name} (${locale}) from which day, for whom and where to go`, () => {
        const { subject, text, html } = write({
          name,
          account: 'a1',
          to: 'noor@devries.example',
          locale,
          link: '/account/methods',
          values: { person: 'Noor', username: 'noor', organization: 'De Vries', from: Date.UTC(2026, 2, 1, 9) },
        });
        expect(subject).to.include(day).and.include('Example ID');
        for (const body of [text, html]) {
          expect(body).to.include(day).and.include('De Vries').and.include('https://id.example.com/account/methods');
          expect(body).not.to.include('{{');
        }
      });
    }
  }
});
