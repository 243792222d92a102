import { expect } from 'chai';
import type { Organization } from '../../src/domain/organization.ts';
import type { Organizations } from '../../src/domain/ports.ts';

const plain: Organization = {
  id: 'o1',
  code: 'Noord',
  name: 'Noord BV',
  secondFactorRequired: false,
  firstSetUp: 'open',
  permitsWaived: false,
  numberChange: true,
  passkeysCountAsBoth: true,
};
const full: Organization = {
  ...plain,
  id: 'o2',
  code: 'ZUID',
  secondFactorRequired: true,
  secondFactorFrom: 1_800_000_000_000,
  firstSetUp: 'permit',
  permitsWaived: true,
  numberChange: true,
  passkeysCountAsBoth: false,
  methods: ['totp', 'sms'],
  authenticators: ['2fc0579f-8113-47ea-b116-bb5a8db9202a'],
  minimumAcr: 'phr',
  rememberedDevices: 30,
  reason: { en: 'Because – "reasons"', nl: 'Daarom' },
  contact: { en: 'Call us' },
};

/** What every implementation of `Organizations` does. `open` answers one without any. */
export function organizationsContract(
  open: () => Promise<{ organizations: Organizations; close(): Promise<void> }>,
): void {
  describe('as Organizations', () => {
    let organizations: Organizations;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ organizations, close } = await open());
    });
    afterEach(() => close());

    it('answers what was saved', async () => {
      await organizations.save(plain);
      await organizations.save(full);
      expect(await organizations.byId('o1')).to.deep.equal(plain);
      expect(await organizations.byId('o2')).to.deep.equal(full);
      expect(await organizations.byId('o3')).to.equal(undefined);
    });

    it('replaces what stands under the id, and drops what is absent now', async () => {
      await organizations.save(full);
      const changed = { ...plain, id: 'o2', code: 'Oost' };
      await organizations.save(changed);
      expect(await organizations.byId('o2')).to.deep.equal(changed);
      expect(await organizations.byCode('zuid')).to.equal(undefined);
    });

    it('compares codes after trimming, NFKC and case folding', async () => {
      await organizations.save(full);
      for (const code of ['zuid', ' Zuid ', 'ＺＵＩＤ']) {
        expect((await organizations.byCode(code))?.id, code).to.equal('o2');
      }
      expect(await organizations.byCode('zui')).to.equal(undefined);
    });

    it('lets no two have one code', async () => {
      await organizations.save(full);
      const taken = organizations.save({ ...plain, code: 'zuid' }).then(
        () => 'saved',
        () => 'refused',
      );
      expect(await taken).to.equal('refused');
      expect(await organizations.howMany()).to.equal(1);
    });

    it('counts no further than two', async () => {
      expect(await organizations.howMany()).to.equal(0);
      for (const [index, count] of [1, 2, 2].entries()) {
        await organizations.save({ ...plain, id: `o${index}`, code: `c${index}` });
        expect(await organizations.howMany()).to.equal(count);
      }
    });
  });
}
