import { expect } from 'chai';
import { MFA, PHR, SFA } from '../../src/domain/acr.ts';
import type { FactorTraits } from '../../src/domain/factor.ts';
import { type Circumstances, demandedAcr, stagesFor } from '../../src/domain/policy.ts';

const traits = (name: string, role: FactorTraits['role'], phishingResistant = false): FactorTraits => ({
  name,
  role,
  phishingResistant,
  guessable: !phishingResistant,
});
const factors = [
  traits('password', 'first'),
  traits('totp', 'second'),
  traits('key', 'second', true),
  traits('codes', 'recovery'),
];
const withoutKeys = factors.filter(({ phishingResistant }) => !phishingResistant);
const NOW = 1_000_000;
const nothing: Circumstances = { held: [], acceptableAcrs: [], now: NOW };
const policy = {
  secondFactorRequired: false,
  firstSetUp: 'open',
  permitsWaived: false,
  numberChange: true,
  passkeysCountAsBoth: true,
} as const;
const account = {
  id: 'a',
  username: 'a',
  disabled: false,
  epoch: 0,
  secondFactorRequired: false,
  roles: [],
  groups: [],
  profile: { emailVerified: false },
} as const;
const client = { id: 'c', name: 'c', metadata: {}, firstParty: true, pkceRequired: true };

describe('demandedAcr', () => {
  const cases: readonly [why: string, circumstances: Partial<Circumstances>, acr: string][] = [
    ['nothing in particular', {}, SFA],
    ['an organization that asks everybody', { policy: { ...policy, secondFactorRequired: true } }, MFA],
    [
      'an organization that will ask everybody later',
      { policy: { ...policy, secondFactorRequired: true, secondFactorFrom: NOW + 1 } },
      SFA,
    ],
    [
      'an organization whose time of grace is over',
      { policy: { ...policy, secondFactorRequired: true, secondFactorFrom: NOW } },
      MFA,
    ],
    [
      'a factor that is held, in a time of grace',
      { held: ['totp'], policy: { ...policy, secondFactorRequired: true, secondFactorFrom: NOW + 1 } },
      MFA,
    ],
    ['a person who was told to', { account: { ...account, secondFactorRequired: true } }, MFA],
    ['a role above plain user', { account: { ...account, roles: ['accountant'] } }, MFA],
    ['a factor that is held, whatever the organization says', { held: ['totp'], policy }, MFA],
    ['a client with a minimum', { client: { ...client, minimumAcr: PHR } }, PHR],
    ['an organization with a minimum', { policy: { ...policy, minimumAcr: PHR } }, PHR],
    ['a request that names one value', { acceptableAcrs: [MFA] }, MFA],
    ['a request that names several: the least', { acceptableAcrs: [PHR, MFA] }, MFA],
    ['a request for what nobody knows', { acceptableAcrs: ['urn:gold'] }, SFA],
    [
      'a request for less than the client wants',
      { acceptableAcrs: [SFA], client: { ...client, minimumAcr: MFA } },
      MFA,
    ],
  ];
  for (const [why, circumstances, acr] of cases) {
    it(`is ${acr} for ${why}`, () => {
      expect(demandedAcr({ ...nothing, ...circumstances }, factors)).to.equal(acr);
    });
  }

  it('is a second factor for who has to set one up again, whatever the office says', () => {
    expect(demandedAcr({ ...nothing, toSetUp: true }, factors)).to.equal(MFA);
  });

  it('lets a wish go that nothing here can fulfil, but no minimum', () => {
    expect(demandedAcr({ ...nothing, acceptableAcrs: [PHR] }, withoutKeys)).to.equal(SFA);
    expect(demandedAcr({ ...nothing, client: { ...client, minimumAcr: PHR } }, withoutKeys)).to.equal(PHR);
  });
});

describe('stagesFor', () => {
  const names = (circumstances: Partial<Circumstances>) =>
    stagesFor({ ...nothing, ...circumstances }, factors).map(({ any, instead }) => [any, instead]);

  it('is one gate where one factor is enough', () => {
    expect(names({})).to.deep.equal([[['password'], []]]);
  });
  it('is two where more is demanded, and a recovery code stands in', () => {
    expect(names({ acceptableAcrs: [MFA] })).to.deep.equal([
      [['password'], []],
      [['totp', 'key'], ['codes']],
    ]);
  });
  it('opens to phishing-resistant factors alone for phr, and nothing stands in', () => {
    expect(names({ acceptableAcrs: [PHR] })).to.deep.equal([
      [['password'], []],
      [['key'], []],
    ]);
  });
  it('offers what the organization allows', () => {
    const narrowed = { ...policy, secondFactorRequired: true, methods: ['totp'] };
    expect(names({ policy: narrowed })[1]).to.deep.equal([['totp'], ['codes']]);
  });
  it('wants a proof of now at the last gate alone', () => {
    const since = (circumstances: Partial<Circumstances>) =>
      stagesFor({ ...nothing, ...circumstances }, factors).map((stage) => stage.since);
    expect(since({ since: 7 })).to.deep.equal([7]);
    expect(since({ since: 7, acceptableAcrs: [MFA] })).to.deep.equal([undefined, 7]);
  });

  describe('for remembered devices', () => {
    const allowing = { ...policy, secondFactorRequired: true, rememberedDevices: 30 };
    const cases: readonly [why: string, circumstances: Partial<Circumstances>, remembered: boolean][] = [
      ['an organization that asks everybody', { policy: allowing }, true],
      ['a factor that is held', { policy: { ...policy, rememberedDevices: 1 }, held: ['totp'] }, true],
      ['a person who was told to', { policy: allowing, account: { ...account, secondFactorRequired: true } }, true],
      ['a client or a request that wants no more than one factor', { client: { ...client, minimumAcr: SFA } }, true],
      ['a request to which less is as good', { acceptableAcrs: [SFA, MFA] }, true],
      ['an organization that allows none', { policy: { ...policy, secondFactorRequired: true } }, false],
      ['an organization with a minimum', { policy: { ...allowing, minimumAcr: MFA } }, false],
      ['a client with a minimum', { client: { ...client, minimumAcr: MFA } }, false],
      ['a request that asks for more than a password', { acceptableAcrs: [MFA] }, false],
      ['a request that asks for phishing resistance', { acceptableAcrs: [PHR] }, false],
      ['a role above plain user', { account: { ...account, roles: ['accountant'] } }, false],
      ['an account that has to set a factor up', { toSetUp: true }, false],
      ['a proof of now', { since: 7 }, false],
      ['a request that wants the person', { inPerson: true }, false],
    ];
    for (const [why, circumstances, remembered] of cases) {
      it(`${remembered ? 'lets one stand in' : 'has none'} for ${why}`, () => {
        const stages = stagesFor({ ...nothing, policy: allowing, account, held: ['totp'], ...circumstances }, factors);
        expect(stages.map((stage) => stage.remembered)).to.deep.equal([false, remembered]);
      });
    }
  });
});
