import { expect } from 'chai';
import type { z } from 'zod';
import type { Role } from '../../../src/domain/account.ts';
import { changeAccount } from '../../../src/flows/administration/accounts/change.ts';
import { endSessionsOf } from '../../../src/flows/administration/accounts/end-sessions.ts';
import { exportAccount } from '../../../src/flows/administration/accounts/export.ts';
import { givePermitTo } from '../../../src/flows/administration/accounts/give-permit.ts';
import { inviteAccount } from '../../../src/flows/administration/accounts/invite.ts';
import { liftBlock } from '../../../src/flows/administration/accounts/lift-block.ts';
import { removePhone } from '../../../src/flows/administration/accounts/remove-phone.ts';
import { resetFactors } from '../../../src/flows/administration/accounts/reset-factors.ts';
import { setPhone } from '../../../src/flows/administration/accounts/set-phone.ts';
import { showAccount } from '../../../src/flows/administration/accounts/show.ts';
import { startPasswordReset } from '../../../src/flows/administration/accounts/start-password-reset.ts';
import type { Act } from '../../../src/flows/administration/act.ts';
import { type Actor, commandLine, personActor, serviceActor } from '../../../src/flows/administration/actor.ts';
import { Refusal } from '../../../src/flows/administration/refusal.ts';
import { type Scope, scopes } from '../../../src/flows/administration/scopes.ts';
import { Phones } from '../../support/phones.ts';
import { openWorld, pairs, type World } from '../../support/world.ts';

const offices = ['noord', 'zuid'];
const ranks = ['user', 'accountant', 'superuser', 'administrator'] as const;

const account = (organization: string | undefined, rank: (typeof ranks)[number]) => ({
  type: 'account',
  id: `${rank}-${organization ?? 'alone'}`,
  ...(organization !== undefined && { organization }),
  username: rank,
  email: `${rank}@example.org`,
  roles: rank === 'user' ? [] : [rank],
});

const lines = [
  ...offices.map((code) => ({ type: 'organization', id: code, code, name: code })),
  ...[...offices, undefined].flatMap((office) => ranks.map((rank) => account(office, rank))),
];

/** What is done to somebody: the lowest rank that may, and what the act is given beside the id. */
interface Deed {
  readonly act: Act<z.ZodType, z.ZodType>;
  readonly rank: Role;
  readonly reads?: true;
  readonly given?: (version: number) => object;
}

const deeds: readonly Deed[] = [
  { act: showAccount, rank: 'accountant', reads: true },
  { act: setPhone, rank: 'accountant', given: () => ({ number: '+31612345678' }) },
  { act: removePhone, rank: 'accountant' },
  { act: changeAccount, rank: 'superuser', given: (version) => ({ version, name: 'Somebody' }) },
  { act: inviteAccount, rank: 'superuser', given: () => ({ by: 'mail' }) },
  { act: startPasswordReset, rank: 'superuser' },
  { act: givePermitTo, rank: 'superuser' },
  { act: resetFactors, rank: 'superuser' },
  { act: liftBlock, rank: 'superuser' },
  { act: endSessionsOf, rank: 'superuser' },
  { act: exportAccount, rank: 'superuser' },
];

/** Who acts: how high, and where (undefined: everywhere). */
interface Acting {
  readonly name: string;
  readonly rank: Role;
  readonly office: string | null | undefined;
  make(world: World): Promise<Actor | undefined>;
}

const person =
  (id: string, proved = true) =>
  async (world: World) => {
    const found = await world.stores.accounts.byId(id);
    return found && personActor(found, proved, {});
  };
const service = (granted: readonly Scope[], administers: { readonly organization?: string }) => async () =>
  serviceActor(
    { id: 'robot', name: 'Robot', metadata: {}, firstParty: true, pkceRequired: false, administers },
    granted,
    {},
  );

const actings: readonly Acting[] = [
  { name: 'accountant-noord', rank: 'accountant', office: 'noord', make: person('accountant-noord') },
  { name: 'superuser-noord', rank: 'superuser', office: 'noord', make: person('superuser-noord') },
  { name: 'superuser-alone', rank: 'superuser', office: null, make: person('superuser-alone') },
  { name: 'administrator-zuid', rank: 'administrator', office: undefined, make: person('administrator-zuid') },
  { name: 'a service of noord', rank: 'superuser', office: 'noord', make: service(scopes, { organization: 'noord' }) },
  { name: 'a service of all', rank: 'administrator', office: undefined, make: service(scopes, {}) },
  { name: 'the command line', rank: 'administrator', office: undefined, make: async () => commandLine },
];

/** Everybody of noord, of the others a user and an administrator: `<rank>-<office>`. */
const targets = lines
  .flatMap((line) => ('username' in line ? [line] : []))
  .filter(({ id }) => id.endsWith('-noord') || /^(user|superuser)-/.test(id));

function expected({ rank, office }: Acting, deed: Deed, target: (typeof targets)[number]): string {
  const height = (name: string) => ranks.indexOf(name as (typeof ranks)[number]);
  if (height(rank) < height(deed.rank)) return 'forbidden';
  if (office !== undefined && office !== (target.organization ?? null)) return 'not-found';
  if (!deed.reads && height(target.username) > height(rank)) return 'forbidden';
  return 'done';
}

for (const pair of pairs) {
  describe(`who may do what to whom, on ${pair}`, () => {
    let world: World;
    before(async () => {
      world = await openWorld(pair, {
        lines,
        smsGateway: new Phones(),
        settings: { methods: ['totp', 'sms'] },
      });
    });
    after(() => world.close());

    const outcome = async (deed: Deed, actor: Actor | undefined, id: string): Promise<string> => {
      if (actor === undefined) throw new Error('nobody acts');
      const { version = 1 } = (await world.stores.accountDirectory.find(id)) ?? {};
      return world.administration.perform(deed.act, { actor, given: { id, ...deed.given?.(version) } }).then(
        () => 'done',
        (error: unknown) => {
          if (error instanceof Refusal) return error.code;
          throw error;
        },
      );
    };

    for (const deed of deeds) {
      it(deed.act.name, async () => {
        for (const acting of actings) {
          const actor = await acting.make(world);
          for (const target of targets) {
            const found = await outcome(deed, actor, target.id);
            expect(found, `${acting.name} to ${target.id}`).to.equal(expected(acting, deed, target));
          }
          expect(await outcome(deed, actor, 'nobody'), acting.name).to.be.oneOf(['not-found', 'forbidden']);
        }
      });
    }

    it('nothing is done by who has no role, is disabled, or administers nothing', async () => {
      expect(await person('user-noord')(world)).to.equal(undefined);
      const boss = await world.stores.accounts.byId('administrator-noord');
      expect(boss && personActor({ ...boss, disabled: true }, true, {})).to.equal(undefined);
      const client = { id: 'web', name: 'Web', metadata: {}, firstParty: true, pkceRequired: true };
      expect(serviceActor(client, scopes, {})).to.equal(undefined);
    });

    it('nothing is changed by who has not proved a second factor of late, or lacks the scope', async () => {
      const unproved = await person('administrator-noord', false)(world);
      const reading = await service(['accounts:read', 'clients:write'], {})();
      const writing = await service(['accounts:write'], {})();
      for (const deed of deeds) {
        const { name, reads, scope } = deed.act;
        const isRead = scope === 'accounts:read';
        expect(await outcome(deed, unproved, 'user-noord'), name).to.equal(reads ? 'done' : 'unproved');
        expect(await outcome(deed, reading, 'user-noord'), name).to.equal(isRead ? 'done' : 'forbidden');
        expect(await outcome(deed, writing, 'user-noord'), name).to.equal(isRead ? 'forbidden' : 'done');
      }
    });
  });
}
