import type { SignInRequest } from '../../../src/domain/sign-in-request.ts';
import type { Screen } from '../../../src/flows/sign-in/screen.ts';
import { appCode } from '../../support/codes.ts';
import { PASSWORD, TOTP_KEY } from '../../support/seed.ts';
import { Sitting } from '../../support/sitting.ts';
import { openWorld, type Pair, type World } from '../../support/world.ts';

const person = (username: string, more: object = {}) => ({
  type: 'account',
  organization: 'KADE',
  username,
  password: PASSWORD,
  factors: { totp: { key: TOTP_KEY } },
  ...more,
});

/** An office where everybody needs a second factor and a device may be remembered for thirty days, and its people. */
export const lines = [
  { type: 'organization', id: 'kade', code: 'KADE', name: 'Kade 7', secondFactorRequired: true, rememberedDevices: 30 },
  person('lotte'),
  person('joost'),
  // One for each test that needs somebody of whom nothing is known yet.
  ...Array.from({ length: 40 }, (_, index) => person(`person-${index}`)),
  // Has a role.
  person('anna', { roles: ['accountant'] }),
  // Has yet to set a second factor up.
  { type: 'account', organization: 'KADE', username: 'pim', password: PASSWORD },
];

export const openOffice = (pair: Pair) => openWorld(pair, { lines });

/** One browser: what it keeps passes from sign-in to sign-in. */
export class Browser {
  readonly #world: World;
  devices: readonly string[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  /** Types a name and the password. */
  async arrive(username: string, request: Partial<SignInRequest> = {}): Promise<Sitting> {
    const sitting = new Sitting(this.#world.signIn, request, { devices: this.devices, agent: 'Firefox/140.0' });
    await sitting.password(username, 'KADE');
    return sitting;
  }

  /** Gives the app's code, half a minute after any other, and keeps what comes of it. */
  async prove(sitting: Sitting, form: Record<string, string> = {}): Promise<Screen> {
    this.#world.clock.advance(30_000);
    const screen = await sitting.answer({ code: appCode(this.#world.clock), ...form });
    this.devices = sitting.devices;
    return screen.step.at === 'keep-codes' ? sitting.answer({ kept: 'on' }) : screen;
  }

  /** Signs in and asks not to be asked again. */
  async remember(username: string): Promise<Screen> {
    return this.prove(await this.arrive(username), { device: 'on' });
  }
}
