import { expect } from 'chai';
import fc from 'fast-check';
import { createHasher } from '../../../src/crypto/hasher.ts';
import type { Account } from '../../../src/domain/account.ts';
import { comparable } from '../../../src/domain/comparable.ts';
import type { Organization } from '../../../src/domain/organization.ts';
import type { AccountSource, Organizations } from '../../../src/domain/ports.ts';
import { password } from '../../../src/factors/password/index.ts';
import { settings as usual } from '../settings.ts';
import { alice } from '../subjects.ts';

const bob: Account = { ...alice, id: 'a-2', organization: 'o-2', username: 'bob', disabled: true };
const offices: readonly Organization[] = ['North', 'South'].map((name, index) => ({
  id: `o-${index + 1}`,
  code: name.toLowerCase(),
  name,
  secondFactorRequired: false,
  firstSetUp: 'open',
  permitsWaived: false,
  numberChange: true,
  passkeysCountAsBoth: true,
}));

/** An account source of two, whose passwords are "right", and a count of the work it does. */
async function setUp(
  officeCode: 'always' | 'never' | 'automatic' = 'always',
  howMany: 0 | 1 | 2 = 2,
  otherKind?: string,
) {
  const work: string[] = [];
  const hasher = createHasher({
    atOnce: 2,
    costs: { memory: 64, passes: 1, lanes: 1 },
    onHash: (kind) => work.push(kind),
    kinds: async () => (otherKind === undefined ? [] : [otherKind]),
  });
  const hash = await hasher.hash('right');
  const accounts: AccountSource = {
    byName: async (name, organization) =>
      [alice, bob].find(
        (one) => one.username === comparable(name) && (organization === undefined || organization === one.organization),
      ),
    byId: async (id) => [alice, bob].find((one) => one.id === id),
    verifyPassword: async (account, typed) => {
      work.push('verifyPassword');
      return hasher.verify(account === undefined ? undefined : hash, typed);
    },
  };
  const organizations: Organizations = {
    byId: async (id) => offices.find((one) => one.id === id),
    byCode: async (code) => offices.find((one) => one.code === comparable(code)),
    howMany: async () => howMany,
    save: async () => {},
  };
  const settings = { ...usual, officeCode };
  const { identification } = password({ accounts, organizations, settings });
  if (identification === undefined) throw new Error('no identification');
  const answer = (form: Record<string, string>) => identification.finish(undefined, undefined, form);
  work.length = 0;
  return { identification, answer, work };
}

const right = { username: ' Alice@Example.ORG ', password: 'right', office: 'NORTH ' };

describe('password', () => {
  it('identifies the person', async () => {
    const { answer } = await setUp();
    expect(await answer(right)).to.deep.equal({ ok: true, secret: undefined, amr: ['pwd'], account: alice });
  });

  it('does the same work on every path that fails', async () => {
    const { answer, work } = await setUp();
    const paths = {
      'wrong password': { ...right, password: 'wrong' },
      'unknown name': { ...right, username: 'mallory' },
      'unknown office': { ...right, office: 'west' },
      'another office': { ...right, office: 'south' },
      'disabled account': { username: 'bob', password: 'right', office: 'south' },
    };
    for (const [path, form] of Object.entries(paths)) {
      expect(await answer(form), path).to.deep.equal({ ok: false, reason: 'wrong' });
      const [verified, ...hashes] = work.splice(0);
      expect(verified, path).to.equal('verifyPassword');
      expect(hashes, path).to.have.length(1);
    }
  });

  it('trusts no account source with who is disabled', async () => {
    const organizations: Organizations = {
      byId: async () => undefined,
      byCode: async () => undefined,
      howMany: async () => 0,
      save: async () => {},
    };
    const accounts: AccountSource = {
      byName: async () => bob,
      byId: async () => bob,
      verifyPassword: async () => true,
    };
    const { identification } = password({ accounts, organizations, settings: usual });
    expect(await identification?.finish(undefined, undefined, right)).to.deep.equal({ ok: false, reason: 'wrong' });
  });

  for (const [setting, howMany, asked] of [
    ['always', 1, true],
    ['never', 2, false],
    ['automatic', 2, true],
    ['automatic', 1, false],
    ['automatic', 0, false],
  ] as const) {
    it(`${asked ? 'asks' : 'does not ask'} for the office: ${setting}, with ${howMany}`, async () => {
      const { identification, answer } = await setUp(setting, howMany);
      expect((await identification.start(undefined)).show).to.deep.equal({ askOffice: asked });
      const verdict = await answer({ ...right, office: '' });
      if (asked) expect(verdict).to.deep.equal({ ok: false, reason: 'wrong', field: 'office' });
      else expect(verdict).to.include({ ok: true });
    });
  }

  it('looks for people without an office where it is left empty, and does the same work for everybody', async () => {
    const { answer, work } = await setUp();
    for (const form of [right, { ...right, username: 'mallory' }, { ...right, password: 'wrong' }]) {
      expect(await answer({ ...form, office: ' ' })).to.deep.equal({ ok: false, reason: 'wrong', field: 'office' });
      const [verified, ...hashes] = work.splice(0);
      expect([verified, hashes.length]).to.deep.equal(['verifyPassword', 1]);
    }
  });

  for (const [what, form, field] of [
    ['no username', { ...right, username: '' }, 'username'],
    ['a username of spaces', { ...right, username: '  ' }, 'username'],
    ['an overlong username', { ...right, username: 'a'.repeat(321) }, 'username'],
    ['a username with NUL', { ...right, username: 'al\0ice' }, 'username'],
    ['no password', { ...right, password: '' }, 'password'],
    ['an overlong password', { ...right, password: 'x'.repeat(1025) }, 'password'],
    ['an overlong office', { ...right, office: 'x'.repeat(101) }, 'office'],
    ['an empty form', {}, 'username'],
  ] as const) {
    it(`calls ${what} malformed, without looking anything up`, async () => {
      const { answer, work } = await setUp();
      expect(await answer(form)).to.deep.equal({ ok: false, reason: 'malformed', field });
      expect(work).to.deep.equal([]);
    });
  }

  it('takes a password as it is, spaces included', async () => {
    const { answer } = await setUp();
    expect(await answer({ ...right, password: ' right' })).to.deep.equal({ ok: false, reason: 'wrong' });
  });

  it('slows down every spelling of a name together', async () => {
    const { identification } = await setUp();
    const claims = await Promise.all(
      [right.username, 'alice@example.org', 'ＡＬＩＣＥ@example.org'].map((username) =>
        identification.claimed?.({ username, office: username === right.username ? ' ＮＯＲＴＨ' : 'north' }),
      ),
    );
    expect(new Set(claims)).to.have.property('size', 1);
    expect(await identification.claimed?.({})).to.be.a('string');
    const long = 'a'.repeat(1_000_000);
    expect(await identification.claimed?.({ username: long, office: long })).to.have.length.below(500);
  });

  it('tells the same name in two offices apart, and only where the office is asked', async () => {
    const claims = async (...asked: Parameters<typeof setUp>) => {
      const { identification } = await setUp(...asked);
      const claimed = ['north', 'south', ''].map((office) => identification.claimed?.({ username: 'alice', office }));
      return new Set(await Promise.all(claimed)).size;
    };
    expect(await claims('always')).to.equal(3);
    expect(await claims('automatic', 2)).to.equal(3);
    expect(await claims('automatic', 1)).to.equal(1);
    expect(await claims('never')).to.equal(1);
  });

  it('does not even look at the password of a disabled account', async () => {
    const { answer, work } = await setUp(
      'always',
      2,
      '$pbkdf2-sha256$i=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    );
    await answer({ ...right, username: 'nobody' });
    const ofNobody = work.splice(0);
    expect(await answer({ username: 'bob', password: 'right', office: 'south' })).to.include({ reason: 'wrong' });
    expect(work).to.deep.equal(ofNobody);
  });

  it('lets no random answer in', async () => {
    const { answer } = await setUp();
    const text = fc.oneof(fc.constantFrom('alice@example.org', 'north', 'Right'), fc.string({ unit: 'binary' }));
    await fc.assert(
      fc.asyncProperty(fc.record({ username: text, password: text, office: text }), async (form) => {
        expect((await answer(form)).ok).to.equal(false);
      }),
    );
  });
});
