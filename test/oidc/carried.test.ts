import { expect } from 'chai';
import type { Proof } from '../../src/domain/login.ts';
import { epochOfGrant, evidenceOf, putEpoch, putEvidence } from '../../src/oidc/carried.ts';
import { type Deployment, deploy } from './support/deployment.ts';

const proofs: readonly Proof[] = [{ factor: 'totp', enrolment: 'e1', amr: ['otp'], at: 1_785_000_000_000 }];

// Fails when oidc-provider decides otherwise which properties of a model it stores.
describe('what sessions and grants carry', () => {
  let deployment: Deployment;

  beforeEach(async () => {
    deployment = await deploy();
  });
  afterEach(() => deployment.close());

  it('is stored with a session, and found again', async () => {
    const { Session } = deployment.provider;
    const session = Object.assign(new Session(), { accountId: 'anna' });
    expect(evidenceOf(session)).to.equal(undefined);
    putEvidence(session, { epoch: '3', proofs });
    await session.save(60);
    const [byCookie, byUid] = [await Session.find(session.jti), await Session.findByUid(session.uid)];
    for (const found of [byCookie, byUid]) {
      expect(found?.accountId).to.equal('anna');
      expect(found && evidenceOf(found)).to.deep.equal({ epoch: '3', proofs });
    }
  });

  it('is taken from a session whose sign-in brought none', async () => {
    const session = new deployment.provider.Session();
    putEvidence(session, { epoch: '3', proofs });
    putEvidence(session, { accountId: 'anna' });
    expect(evidenceOf(session)).to.equal(undefined);
  });

  it('is stored with a grant, and found again', async () => {
    const { Grant } = deployment.provider;
    const grant = new Grant({ accountId: 'anna', clientId: 'shop' });
    expect(epochOfGrant(grant)).to.equal(undefined);
    putEpoch(grant, '3');
    const found = await Grant.find(await grant.save());
    expect(found && epochOfGrant(found)).to.equal('3');
  });
});
