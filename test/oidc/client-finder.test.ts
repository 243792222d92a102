import { expect } from 'chai';
import { pino } from 'pino';
import { clientFinder } from '../../src/oidc/client-finder.ts';
import { FakeClock } from '../support/clock.ts';
import { applications, SECRET } from './support/applications.ts';
import { Registrations } from './support/people.ts';

describe('client finder', () => {
  let clients: Registrations;
  let logged: string[];
  let clock: FakeClock;
  let isBroken: boolean;
  let validated: number;
  let find: ReturnType<typeof clientFinder>;

  beforeEach(() => {
    clients = new Registrations(applications);
    logged = [];
    clock = new FakeClock();
    isBroken = true;
    validated = 0;
    const logger = pino({}, { write: (line) => void logged.push(line) });
    const validate = async ({ client_id: id }: { client_id: string }) => {
      validated += 1;
      if (id === 'broken' && isBroken)
        throw Object.assign(new Error('invalid'), { error_description: 'redirect_uris are no addresses' });
    };
    find = clientFinder({ clients, apiScopes: [], clock, logger, validate });
  });

  it('validates again only what changed, and sees a change at once', async () => {
    for (let times = 0; times < 5; times += 1) await find('shop');
    const [shop] = applications;
    if (shop === undefined) throw new Error('no shop');
    await clients.save({ ...shop });
    expect((await find('shop'))?.client_name).to.equal('The shop');
    expect(validated).to.equal(1);
    await clients.save({ ...shop, name: 'New name' });
    expect((await find('shop'))?.client_name).to.equal('New name');
    expect(validated).to.equal(2);
  });

  it('forgets a client that is gone, and keeps none that never was', async () => {
    await find('shop');
    clients.clients.delete('shop');
    expect(await find('shop')).to.equal(undefined);
    await find('nobody');
    await find('nobody');
    expect(clients.reads).to.equal(4);
  });

  it('treats an invalid one as unknown and says why, without its secret', async () => {
    expect(await find('broken')).to.equal(undefined);
    expect(await find('shop')).to.not.equal(undefined);
    expect(logged.join()).to.include('"client":"broken"').and.include('redirect_uris are no addresses');
    expect(logged.join()).to.not.include(SECRET);
  });

  it('tries an invalid one again after a while, for what was wrong may have passed, and not before', async () => {
    for (let times = 0; times < 5; times += 1) await find('broken');
    clock.advance(29_999);
    isBroken = false;
    expect(await find('broken')).to.equal(undefined);
    expect(validated).to.equal(1);
    expect(logged).to.have.length(1);
    clock.advance(1);
    expect((await find('broken'))?.client_id).to.equal('broken');
    clock.advance(86_400_000);
    await find('broken');
    expect(validated).to.equal(2);
  });

  it('tries an invalid one again when it changed', async () => {
    await find('broken');
    isBroken = false;
    const broken = clients.clients.get('broken');
    if (broken === undefined) throw new Error('no broken client');
    await clients.save({ ...broken });
    expect(await find('broken')).to.equal(undefined);
    await clients.save({ ...broken, name: 'Mended' });
    expect((await find('broken'))?.client_name).to.equal('Mended');
  });
});
