import { expect } from 'chai';
import { createHasher } from '../../src/crypto/hasher.ts';
import type { AccountSource } from '../../src/domain/ports.ts';
import { SqlAccounts } from '../../src/stores/sql/accounts.ts';
import { Database } from '../../src/stores/sql/database.ts';
import { SqlPasswordKinds } from '../../src/stores/sql/password-kinds.ts';
import { PASSWORD } from '../support/seed.ts';
import { pairs } from '../support/world.ts';
import { Browser, type Landed } from './support/browser.ts';
import type { Answer } from './support/http.ts';
import { openTarget, type Target } from './support/target.ts';

/** bcrypt of `PASSWORD`. */
const BCRYPT = '$2b$10$AdhlLUFlsaRA41bBWLC61OWjwu6UPMw1pbgTrPkeQb7iRdIgmUhey';
const imported = {
  type: 'account',
  organization: 'MOLEN',
  username: 'imke',
  passwordHash: BCRYPT,
};

for (const pair of pairs) {
  describe(`wrong passwords, on ${pair}`, () => {
    let target: Target;
    let database: Database;
    let hashes: string[];
    before(async () => {
      // Sluis's own accounts, with a hasher that tells what it computes.
      let counted: AccountSource | undefined;
      const source = () => {
        if (counted === undefined) throw new Error('asked too early');
        return counted;
      };
      const accounts: AccountSource = {
        byName: (name, organization) => source().byName(name, organization),
        byId: (id) => source().byId(id),
        verifyPassword: (account, password) => source().verifyPassword(account, password),
      };
      target = await openTarget(pair, { parts: { accounts }, lines: [imported] });
      const { database: where } = target.idp.settings as { database: { url: string } };
      database = new Database(where.url, { connections: 2 });
      const kinds = new SqlPasswordKinds(database, target.idp.clock);
      hashes = [];
      const costs = { memory: 8192, passes: 1, lanes: 1 };
      const onHash = (kind: string) => hashes.push(kind);
      counted = new SqlAccounts(database, createHasher({ costs, atOnce: 2, kinds: () => kinds.all(), onHash }));
    });
    after(async () => {
      await database.close();
      await target.idp.close();
    });
    beforeEach(() => {
      target.idp.clock.advance(3_600_000);
      hashes.length = 0;
    });

    async function tryOut(username: string, office: string, password: string): Promise<Answer> {
      const browser = new Browser(target);
      return (await browser.password(await browser.begin(), username, office, password)).answer;
    }

    /** What tells one page from another: all but names that were typed and what is new in every answer. */
    function shape({ status, headers, body }: Answer, typed: readonly string[]) {
      const kept = Object.entries(headers).filter(([name]) => !/^(date|x-request-id|content-length)$/.test(name));
      const page = typed.reduce((text, one) => text.replaceAll(`"${one}"`, '"…"'), body);
      return { status, headers: kept, body: page.replace(/\/interaction\/[\w-]+/g, '/interaction/…') };
    }

    const attempts = {
      'an unknown user': ['nobody', 'MOLEN', PASSWORD],
      'an unknown office': ['mila', 'NOWHERE', PASSWORD],
      'the wrong office': ['mila', 'DEVRIES', PASSWORD],
      'a wrong password': ['mila', 'MOLEN', 'wrong'],
      'a wrong password for a hash of another system': ['imke', 'MOLEN', 'wrong'],
      'a disabled account': ['gone', 'MOLEN', PASSWORD],
      'a wrong password of a disabled account': ['gone', 'MOLEN', 'wrong'],
    } as const;

    it('look the same and cost the same work, whatever is wrong', async () => {
      const seen: { what: string; work: string[]; page: object }[] = [];
      for (const [what, [username, office, password]] of Object.entries(attempts)) {
        hashes.length = 0;
        const answer = await tryOut(username, office, password);
        seen.push({ what, work: [...hashes].sort(), page: shape(answer, [username, office]) });
      }
      const [first] = seen;
      expect(first?.work.map((kind) => kind.split('$')[1])).to.deep.equal(['2b', 'argon2id']);
      expect(first?.page).to.deep.include({ status: 422 });
      for (const { what, work, page } of seen) {
        expect(work, what).to.deep.equal(first?.work);
        expect(page, what).to.deep.equal(first?.page);
      }
    });

    it('are slowed down by name, known or not, and judged no sooner', async () => {
      const statuses: Record<string, unknown[]> = {};
      for (const name of ['mila', 'gone', 'nobody']) {
        statuses[name] = [];
        for (const wait of [0, 0, 0, 0, 0, 1_000, 0, 1_000, 1_000, 0]) {
          target.idp.clock.advance(wait);
          hashes.length = 0;
          const { status, headers, body } = await tryOut(name, 'MOLEN', 'wrong');
          expect(hashes.length, `work for ${name}`).to.equal(status === 429 ? 0 : 2);
          if (status === 429) expect(body).to.include('role="alert"').and.include('name="password"');
          statuses[name].push([status, headers['retry-after']]);
        }
      }
      const free = [422, undefined];
      expect(statuses.mila).to.deep.equal([
        ...[free, free, free],
        ...[[429, '1'], [429, '1'], free],
        ...[[429, '2'], [429, '1'], free],
        [429, '4'],
      ]);
      expect(statuses.gone).to.deep.equal(statuses.mila);
      expect(statuses.nobody).to.deep.equal(statuses.mila);
    });

    it('cost the right one time, too, and nobody else any', async () => {
      for (let tries = 0; tries < 3; tries += 1) await tryOut('mila', 'MOLEN', 'wrong');
      hashes.length = 0;
      expect((await tryOut('MILA ', 'MOLEN', PASSWORD)).status).to.equal(429);
      expect(hashes).to.deep.equal([]);
      expect((await tryOut('bram', 'MOLEN', PASSWORD)).body).to.include('name="code"');
      target.idp.clock.advance(1_000);
      expect((await tryOut('mila', 'MOLEN', PASSWORD)).headers.location).to.include('code=');
    });

    it('of a stranger cost the owner of the name nothing, on a browser that signed in before', async () => {
      const isIn = ({ left }: Landed) => left?.searchParams.has('code') === true;
      const own = new Browser(target);
      expect(isIn(await own.password(await own.begin(), 'mila', 'MOLEN'))).to.equal(true);
      for (let tries = 0; tries < 4; tries += 1) await tryOut('mila', 'MOLEN', 'wrong');
      expect((await tryOut('mila', 'MOLEN', PASSWORD)).status).to.equal(429);

      const known = own.cookies.find(({ name }) => name === 'sluis_browser');
      const forged = new Browser(target);
      forged.put({ name: 'sluis_browser', value: `${known?.value.slice(0, -2)}AA`, path: '/' });
      expect((await forged.password(await forged.begin(), 'mila', 'MOLEN')).answer.status).to.equal(429);
      const back = new Browser(target);
      if (known !== undefined) back.put(known);
      expect(isIn(await back.password(await back.begin(), 'mila', 'MOLEN'))).to.equal(true);
    });
  });
}

describe('wrong passwords from one address', () => {
  let target: Target;
  const throttle = { address: { free: 3, delay: '1s', longest: '30s', memory: '15m' } };
  const from = (address: string) => new Browser(target, { 'x-forwarded-for': address });
  let made = 0;
  async function guess(browser: Browser): Promise<number> {
    made += 1;
    return (await browser.password(await browser.begin(), `somebody-${made}`, 'MOLEN', 'wrong')).answer.status;
  }
  afterEach(() => target.idp.close());

  it('are slowed down by what the nearest proxy that is not ours says, whatever stands left of it', async () => {
    target = await openTarget('SQLite and memory', { settings: { throttle, trustedProxies: ['127.0.0.0/8', '::1'] } });
    for (const invented of ['', '198.51.100.1, ', 'unknown, ']) {
      expect(await guess(from(`${invented}203.0.113.7`))).to.equal(422);
    }
    expect(await guess(from('192.0.2.44, 203.0.113.7'))).to.equal(429);
    expect(await guess(from('203.0.113.8'))).to.equal(422);
    for (const host of ['1', '2:3', 'ffff:1']) expect(await guess(from(`2001:db8:0:1::${host}`))).to.equal(422);
    expect(await guess(from('2001:db8:0:1:aaaa::9'))).to.equal(429);
    expect(await guess(from('2001:db8:0:2::1'))).to.equal(422);
  });

  it('are slowed down by the connection where no proxy is trusted', async () => {
    target = await openTarget('SQLite and memory', { settings: { throttle } });
    for (const invented of ['203.0.113.1', '203.0.113.2', '203.0.113.3'])
      expect(await guess(from(invented))).to.equal(422);
    expect(await guess(from('203.0.113.4'))).to.equal(429);
  });
});
