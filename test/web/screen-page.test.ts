import { expect } from 'chai';
import { pageOf } from '../../src/web/screen-page.ts';

describe('the page of a consent', () => {
  it('names everything that the application would see, whether it asks for a scope or for single claims', () => {
    const consent = { scopes: ['openid', 'email'], claims: ['email', 'groups', 'org_code'] };
    const request = { uid: 'u', client: 'guest', fresh: false, acceptableAcrs: [], consent };
    const { scopes } = pageOf({ step: { at: 'consent' }, show: {} }, request);
    expect(scopes).to.deep.equal(['openid', 'email', 'groups', 'organization']);
  });
});
