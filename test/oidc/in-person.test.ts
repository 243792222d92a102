import { expect } from 'chai';
import { OWN_PAGE } from '../../src/domain/own-page.ts';
import { wantsPerson } from '../../src/oidc/in-person.ts';

describe('wantsPerson', () => {
  const cases: readonly [params: Readonly<Record<string, unknown>>, wants: boolean][] = [
    [{ client_id: 'web' }, false],
    [{ client_id: 'web', prompt: 'consent' }, false],
    [{ client_id: 'web', prompt: 'none', max_age: undefined }, false],
    [{ client_id: 'web', prompt: 'login' }, true],
    [{ client_id: 'web', prompt: 'consent login' }, true],
    [{ client_id: 'web', max_age: '3600' }, true],
    [{ client_id: OWN_PAGE }, true],
  ];
  for (const [params, wants] of cases) {
    it(`is ${wants} for ${JSON.stringify(params)}`, () => {
      expect(wantsPerson(params)).to.equal(wants);
    });
  }
});
