import { expect } from 'chai';
import { MFA } from '../../src/domain/acr.ts';
import { epochOf } from '../../src/domain/login.ts';
import type { SignIn } from '../../src/flows/sign-in/index.ts';
import { LOTTE, phonePeople } from '../support/phone-people.ts';
import { Phones } from '../support/phones.ts';
import { Sitting } from '../support/sitting.ts';
import { newRequest, openWorld, visitor, type World } from '../support/world.ts';

const SECOND = 1_000;

describe('text messages, asked for at two processes at once', () => {
  let world: World;
  let other: Awaited<ReturnType<World['again']>>;
  let phones: Phones;
  let processes: readonly SignIn[];

  beforeEach(async () => {
    phones = new Phones();
    const settings = { methods: ['totp', 'sms'] };
    world = await openWorld('PostgreSQL and Redis', { settings, lines: phonePeople, smsGateway: phones });
    other = await world.again();
    processes = [world.signIn, other.signIn];
  });
  afterEach(async () => {
    await other.close();
    await world.close();
  });

  /** Does something many times at once, at both processes in turn. */
  function everywhere<Result>(times: number, work: (signIn: SignIn) => Promise<Result>): Promise<Result[]> {
    const turns = Array.from({ length: times }, (_, index) => processes[index % processes.length] ?? world.signIn);
    return Promise.all(turns.map(work));
  }

  /** Requests that ask who is signed in as lotte for a second factor. */
  async function stepUp() {
    const office = await world.needs.organizations.byCode('DEVRIES');
    const account = await world.needs.accounts.byName('lotte', office?.id);
    if (account === undefined) throw new Error('lotte is not there');
    const epoch = epochOf(account, await world.needs.enrolments.of(account.id));
    const session = { account: account.id, epoch, proofs: [{ factor: 'password', amr: ['pwd'], at: 0 }] };
    return () => newRequest({ session, acceptableAcrs: [MFA] });
  }

  it('go out once for fifty reloads', async () => {
    const request = (await stepUp())();
    await everywhere(50, (signIn) => signIn.show(request, visitor));
    expect(phones.at(LOTTE)).to.have.length(1);
  });

  it('go out once for two hundred requests to send again', async () => {
    const sitting = new Sitting(world.signIn);
    await sitting.password('lotte', 'DEVRIES');
    const { bound = '' } = await sitting.look();
    world.clock.advance(30 * SECOND);
    const form = { step: 'prove:sms', bound, act: 'resend' };
    await everywhere(200, (signIn) => signIn.answer(sitting.request, visitor, form));
    expect(phones.at(LOTTE)).to.have.length(2);
    expect((await sitting.look()).step).to.deep.include({ at: 'prove', factor: 'sms' });
  });

  it('are answered three times by two hundred wrong codes', async () => {
    const sitting = new Sitting(world.signIn);
    await sitting.password('lotte', 'DEVRIES');
    const { bound = '' } = await sitting.look();
    const form = { step: 'prove:sms', bound, code: phones.wrongCode(LOTTE) };
    const screens = await everywhere(200, (signIn) => signIn.answer(sitting.request, visitor, form));
    expect(screens.filter(({ problem }) => problem?.code === 'wrong')).to.have.length(3);
    const right = { ...form, code: phones.code(LOTTE) };
    expect((await other.signIn.answer(sitting.request, visitor, right)).step.at).to.equal('locked');
  });

  it('go out as often as the limit says for two hundred sign-ins', async () => {
    const ask = await stepUp();
    const screens = await everywhere(200, (signIn) => signIn.show(ask(), visitor));
    expect(phones.at(LOTTE)).to.have.length(5);
    expect(screens.filter(({ problem }) => problem?.detail === 'undelivered-limited')).to.have.length(195);
  });
});
