import { expect } from 'chai';
import fc from 'fast-check';
import { createHasher } from '../../../src/crypto/hasher.ts';
import type { CodeFormat } from '../../../src/factors/recovery-code/format.ts';
import { recoveryCode } from '../../../src/factors/recovery-code/index.ts';
import { settings as usual } from '../settings.ts';
import { accepted, authenticating, bothCeremonies, enrolling, enrolmentOf, proving } from '../subjects.ts';
import { writtenForms } from '../typed-codes.ts';

async function setUp(format: CodeFormat = '6x8') {
  const hashes: string[] = [];
  const hasher = createHasher({
    atOnce: 2,
    costs: { memory: 64, passes: 1, lanes: 1 },
    onHash: (kind) => hashes.push(kind),
  });
  const settings = { ...usual, recoveryCodes: format };
  const factor = recoveryCode({ hasher, settings });
  const { enrolment, authentication } = bothCeremonies(factor);
  const { remember, show } = await enrolment.start(enrolling);
  const { codes } = remember as { codes: string[] };
  const keep = () => enrolment.finish(enrolling, remember, { kept: 'on' });
  return {
    factor,
    enrolment,
    authentication,
    prove: proving(authentication, 'recovery-code'),
    codes,
    show,
    remember,
    keep,
    hashes,
  };
}

describe('recovery-code', () => {
  it('shows the codes in groups', async () => {
    const { codes, show } = await setUp();
    expect(show).to.deep.equal({ format: '6x8', codes: codes.map((code) => `${code.slice(0, 4)} ${code.slice(4)}`) });
    expect((await setUp('1x16')).show)
      .to.have.nested.property('codes[0]')
      .that.matches(/^\d{4} - \d{4} - \d{4} - \d{4}$/);
  });

  it('wants to hear that they were kept', async () => {
    const { enrolment, remember, hashes } = await setUp();
    for (const form of [{}, { kept: '' }]) {
      expect(await enrolment.finish(enrolling, remember, form)).to.deep.equal({
        ok: false,
        reason: 'malformed',
        field: 'kept',
      });
    }
    expect(hashes).to.deep.equal([]);
  });

  it('stores hashes under one salt, and proves nothing by it', async () => {
    const { factor, keep, codes } = await setUp();
    const { secret, amr } = await accepted(keep());
    expect(amr).to.deep.equal([]);
    expect(secret).to.have.all.keys('format', 'salt', 'hashes');
    const stored = JSON.stringify(secret);
    for (const code of codes) expect(stored).not.to.include(code);
    expect(factor.remaining?.(secret)).to.equal(6);
    expect((await accepted(keep())).secret).not.to.deep.equal(secret);
  });

  it('accepts each code once, in any order, at the cost of one hash', async () => {
    const { factor, prove, keep, codes, hashes } = await setUp();
    let { secret } = await accepted(keep());
    for (const [used, code] of codes.toReversed().entries()) {
      hashes.length = 0;
      const verdict = await accepted(prove(secret, code));
      expect(verdict).to.deep.include({ amr: ['otp'], enrolment: 'e-1' });
      secret = verdict.secret;
      expect(factor.remaining?.(secret)).to.equal(5 - used);
      expect(hashes).to.have.length(1);
      expect(await prove(secret, code)).to.deep.equal({ ok: false, reason: 'wrong' });
      expect(hashes).to.have.length(2);
    }
    expect(await prove(secret, codes[0] ?? '')).to.deep.equal({ ok: false, reason: 'wrong' });
  });

  it('keeps accepting codes of another format than new ones have', async () => {
    const { keep, codes } = await setUp('1x20');
    const { secret } = await accepted(keep());
    const { prove, authentication } = await setUp('6x8');
    const { show } = await authentication.start(authenticating([enrolmentOf('recovery-code', secret)]));
    expect(show).to.deep.equal({ format: '1x20' });
    expect(await prove(secret, (codes[0] ?? '').toLowerCase())).to.include({ ok: true });
  });

  it('does not hash what cannot be a code', async () => {
    const { prove, keep, hashes } = await setUp();
    const { secret } = await accepted(keep());
    hashes.length = 0;
    for (const typed of ['', '1234567', '123456789', 'abcdefgh', '1'.repeat(1_000_000)]) {
      expect(await prove(secret, typed)).to.deep.equal({ ok: false, reason: 'malformed', field: 'code' });
    }
    expect(hashes).to.deep.equal([]);
  });

  it('fails on what is damaged, without telling it', async () => {
    const { factor, prove, enrolment } = await setUp();
    const damaged = { format: '6x8', salt: 'AAAAAAAAAAAAAAAAAAAAAA', hashes: ['hunter2'] };
    expect(await prove(damaged, '12345678').catch(String)).to.equal('Error: The set of recovery codes cannot be read');
    expect(() => factor.remaining?.(damaged)).to.throw('The set of recovery codes cannot be read');
    const kept = enrolment.finish(enrolling, { codes: ['hunter2'] }, { kept: 'on' });
    expect(await kept.catch(String)).to.equal('Error: The state of new recovery codes cannot be read');
  });

  it('reads a right code however it is written, and accepts nothing else', async () => {
    const { prove, keep, codes } = await setUp();
    const { secret } = await accepted(keep());
    const [code = ''] = codes;
    const other = fc.stringMatching(/^\d{8}$/).filter((text) => !codes.includes(text));
    await fc.assert(
      fc.asyncProperty(writtenForms(code), other, async (typed, wrong) => {
        expect((await prove(secret, typed)).ok).to.equal(true);
        expect((await prove(secret, wrong)).ok).to.equal(false);
      }),
    );
  });
});
