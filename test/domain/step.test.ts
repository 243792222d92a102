import { expect } from 'chai';
import { type Login, newLogin, type Proof } from '../../src/domain/login.ts';
import {
  type Facts,
  leansOnDevice,
  mayReset,
  nextStep,
  type Stage,
  type Step,
  stepName,
} from '../../src/domain/step.ts';

const NOW = 1_000_000;
const first: Stage = { any: ['password', 'passkey'], instead: [], remembered: false };
const second: Stage = { any: ['totp', 'key', 'passkey'], instead: ['codes'], remembered: false };
const strong: Stage = { any: ['key', 'passkey'], instead: [], remembered: false };
/** Where a passkey does not take the place of the password. */
const everybodys: Stage = { any: ['password'], instead: [], remembered: false };
const policies: readonly (readonly Stage[])[] = [
  [first],
  [first, second],
  [first, strong],
  [first, everybodys, second],
  [first, everybodys, strong],
  [first, { ...second, remembered: true }],
  [first, { ...second, any: ['totp'] }],
  [first, { ...second, any: [] }],
];
const seconds = ['totp', 'key', 'passkey'] as const;

const subsets = <T>([one, ...rest]: readonly T[]): T[][] => {
  if (one === undefined) return [[]];
  return subsets(rest).flatMap((set) => [set, [one, ...set]]);
};

interface World {
  readonly stages: readonly Stage[];
  readonly facts: Facts;
  readonly login: Login;
  /** What was held before this login began, or when the account was reset in it. */
  readonly brought: readonly string[];
}

/** A permit, and what staff prepared. */
const permissions: readonly [boolean, readonly string[]][] = [
  [false, []],
  [true, []],
  [false, ['totp']],
  [true, ['totp']],
];

/** Every account that can stand at the door. */
function* worlds(): Generator<World> {
  for (const stages of policies)
    for (const held of subsets(seconds))
      for (const off of subsets(held))
        for (const codes of held.length > 0 ? [0, 1, 3, 6] : [0])
          for (const [permit, prepared] of permissions)
            for (const locked of [false, true])
              for (const remembered of [false, true]) {
                const working = held.filter((factor) => !off.includes(factor));
                const usable = ['password', ...working, ...(codes > 0 ? ['codes'] : [])];
                const facts: Facts = {
                  epoch: '1.0',
                  held,
                  usable,
                  remembered,
                  permit,
                  prepared,
                  codes,
                  offerable: ['passkey'],
                  standIns: ['codes'],
                  consentMissing: remembered,
                  now: NOW,
                  ...(locked && { lockedUntil: NOW + 1 }),
                  ...(remembered && { grace: NOW + 1 }),
                };
                yield { stages, facts, login: newLogin('u'), brought: held };
              }
}

const proof = (factor: string): Proof => ({ factor, amr: [factor], at: NOW });
const proving = ({ login, ...rest }: World, factor: string): World => {
  const { chosen: _, adding: _added, detour: _taken, ...kept } = login;
  return { ...rest, login: { ...kept, proofs: [...login.proofs, proof(factor)] } };
};

/** Where every right answer and every choice leads from a step. */
function moves(world: World, step: Step): World[] {
  const { login, facts } = world;
  const choosing = (factors: readonly string[]) => factors.map((chosen) => ({ ...world, login: { ...login, chosen } }));
  switch (step.at) {
    case 'identify': {
      const known = step.by
        .filter((factor) => factor === 'password' || facts.held.includes(factor))
        .map((factor) => {
          const offers = facts.remembered ? [] : ['passkey'];
          const proved = proving(world, factor);
          const { detour } = login;
          const arrived = { account: 'a', epoch: facts.epoch, offers, ...(detour && { detour }) };
          return { ...proved, login: { ...proved.login, ...arrived } };
        });
      // Who lost their phone says so before the password.
      return login.detour === undefined ? [...known, { ...world, login: { ...login, detour: 'reset' } }] : known;
    }
    case 'introduce':
      return [{ ...world, login: { ...login, introduced: true } }];
    case 'choose':
      return choosing(step.between);
    case 'prove': {
      const codes = step.factor === 'codes' ? facts.codes - 1 : facts.codes;
      const usable = codes > 0 ? facts.usable : facts.usable.filter((factor) => factor !== 'codes');
      return [
        proving({ ...world, facts: { ...facts, codes, usable } }, step.factor),
        ...choosing(step.others),
        ...(mayReset(facts) ? [{ ...world, login: { ...login, detour: 'reset' as const } }] : []),
      ];
    }
    case 'reset': {
      const { detour: _, ...back } = login;
      return [{ ...world, login: back }, ...afterReset(world)];
    }
    case 'permit':
      return [{ ...world, facts: { ...facts, permit: true } }];
    case 'enrol': {
      const with_ = { ...facts, held: [...facts.held, step.factor], usable: [...facts.usable, step.factor] };
      const enrolled = proving({ ...world, facts: with_ }, step.factor);
      const { adding: _, ...leaving } = login;
      return [
        enrolled,
        // Two of a kind are as good as any number.
        ...(step.factor === 'key' && login.adding === undefined
          ? [{ ...enrolled, login: { ...enrolled.login, adding: 'key' } }]
          : []),
        ...(step.optional ? [{ ...world, login: leaving }] : []),
        ...choosing(step.others),
      ];
    }
    case 'offer': {
      const answered = { ...login, offers: [] };
      return [answered, { ...answered, adding: step.factor }].map((next) => ({ ...world, login: next }));
    }
    case 'keep-codes':
      return [{ ...world, facts: { ...facts, codes: 6, usable: [...facts.usable, 'codes'] } }];
    case 'announce': {
      const announced = { ...login, announced: true };
      const stages = world.stages.length > 1 ? world.stages : [first, second];
      return [
        { ...world, login: announced },
        { ...world, stages, login: { ...announced, early: true } },
      ];
    }
    case 'codes-low':
      return [{ ...world, login: { ...login, warned: true } }];
    case 'consent':
      return [{ ...world, login: { ...login, consented: true } }];
    case 'locked':
    case 'refused':
    case 'done':
      return [];
  }
}

/**
 * What becomes of an account that was reset: the browser that gave the code has a permit and begins anew, another one has none, and
 * a sign-in that was parked meanwhile goes on as if nothing had happened. What was held is to be set up, whatever the office asks.
 */
function afterReset({ stages, facts, login }: World): World[] {
  const usable = facts.usable.filter((factor) => factor === 'password');
  const reset = { ...facts, epoch: `${facts.epoch}.1`, held: [], usable, codes: 0, permit: false };
  const demanded = stages.length > 1 ? stages : [first, second];
  const anew = { stages: demanded, login: newLogin('u'), brought: [] };
  return [
    { ...anew, facts: { ...reset, permit: true } },
    { ...anew, facts: reset },
    { ...anew, facts: { ...reset, permit: true }, login },
  ];
}

interface Seen extends World {
  readonly step: Step;
}

function walk(start: World): Seen[] {
  const seen = new Map<string, Seen>();
  const todo = [start];
  for (let world = todo.pop(); world !== undefined; world = todo.pop()) {
    const key = JSON.stringify([world.login, world.facts, world.stages.length, world.brought]);
    if (seen.has(key)) continue;
    const step = nextStep(world.login, world.stages, world.facts);
    seen.set(key, { ...world, step });
    todo.push(...moves(world, step));
  }
  return [...seen.values()];
}

const all = [...worlds()].flatMap(walk);
const at = <At extends Step['at']>(name: At) =>
  all.flatMap((seen) => (seen.step.at === name ? [{ ...seen, step: seen.step as Extract<Step, { at: At }> }] : []));
const beyond = ({ login, facts, stages }: Seen) =>
  login.proofs.filter(({ factor }) => factor !== 'password' && (stages.length > 1 || facts.held.includes(factor)));
const tell = (seen: Seen) =>
  JSON.stringify({ step: seen.step, login: seen.login, facts: seen.facts, stages: seen.stages });

/** As `expect`, without writing down every one of very many logins. */
const hold = (seen: Seen, holds: boolean) => {
  if (!holds) expect.fail(tell(seen));
};

describe('nextStep, walked over every login that can be reached', () => {
  it('reaches every step and every refusal but those that need another cause', () => {
    const steps = new Set(all.map(({ step }) => step.at));
    expect([...steps].sort()).to.deep.equal(
      [
        'announce',
        'choose',
        'codes-low',
        'consent',
        'done',
        'enrol',
        'identify',
        'introduce',
        'keep-codes',
        'locked',
        'offer',
        'permit',
        'prove',
        'refused',
        'reset',
      ].sort(),
    );
    const reasons = new Set(at('refused').map(({ step }) => step.reason));
    expect([...reasons].sort()).to.deep.equal(['no-method', 'stale', 'switched-off']);
    expect(all.length).to.be.greaterThan(5_000);
  });

  it('is done only when every stage was passed', () => {
    for (const seen of at('done')) {
      for (const stage of seen.stages) {
        const opened = seen.login.proofs.some(
          ({ factor }) =>
            stage.any.includes(factor) ||
            (stage.instead.includes(factor) && stage.any.some((one) => seen.facts.held.includes(one))),
        );
        hold(seen, opened || (stage.remembered && seen.facts.remembered));
      }
    }
  });

  it('lets a device stand in at a gate that allows it, for who holds what opens it, and not during a block', () => {
    const leaning = at('done').filter(({ login, stages, facts }) => leansOnDevice(login, stages, facts));
    expect(leaning.length).to.be.greaterThan(100);
    for (const seen of leaning) {
      const { stages, facts, login } = seen;
      hold(seen, facts.remembered && facts.lockedUntil === undefined && login.epoch === facts.epoch);
      hold(
        seen,
        stages.some(({ remembered, any }) => remembered && any.some((one) => facts.held.includes(one))),
      );
      expect(seen.step.proofs, tell(seen)).to.deep.equal(login.proofs);
      hold(seen, nextStep(login, stages, { ...facts, remembered: false }).at !== 'done');
    }
    for (const seen of at('done').filter(({ stages }) => !stages.some(({ remembered }) => remembered))) {
      hold(seen, !leansOnDevice(seen.login, seen.stages, seen.facts));
    }
  });

  it('takes a device for no proof: nothing is set up, offered or made anew on it', () => {
    for (const seen of [...at('enrol'), ...at('offer'), ...at('keep-codes'), ...at('codes-low')]) {
      if (seen.facts.held.length > 0) hold(seen, beyond(seen).length > 0);
    }
  });

  it('lets nobody enrol on the first stage alone while holding a factor, a switched-off one included', () => {
    for (const seen of [...at('enrol'), ...at('choose'), ...at('introduce')]) {
      if (seen.brought.length > 0) hold(seen, beyond(seen).length > 0);
    }
  });

  it('lets nobody who holds nothing enrol without a permit, but for what staff prepared', () => {
    for (const seen of [...at('enrol'), ...at('choose'), ...at('introduce')]) {
      const { permit, prepared } = seen.facts;
      if (permit || seen.brought.length > 0 || beyond(seen).length > 0) continue;
      expect(prepared, tell(seen)).not.to.deep.equal([]);
      if (seen.step.at === 'enrol')
        expect(prepared, tell(seen)).to.include.members([seen.step.factor, ...seen.step.others]);
      if (seen.step.at === 'choose') expect(prepared, tell(seen)).to.include.members([...seen.step.between]);
    }
  });

  it('shows a block only after the first stage, and nothing of the second stage meanwhile', () => {
    for (const seen of at('locked')) expect(seen.login.proofs, tell(seen)).not.to.deep.equal([]);
    for (const seen of [...at('prove'), ...at('enrol'), ...at('choose'), ...at('permit'), ...at('reset')]) {
      hold(seen, seen.facts.lockedUntil === undefined);
    }
  });

  it('resets only with a code, for who passed the first stage and holds something', () => {
    for (const seen of at('reset')) {
      hold(seen, seen.facts.codes > 0 && seen.facts.held.length > 0 && seen.login.proofs.length > 0);
    }
  });

  it('lets nobody in by the password alone once the account was reset, nor by what was proved before', () => {
    const afterwards = all.filter(({ facts }) => facts.epoch !== '1.0');
    expect(afterwards.length).to.be.greaterThan(1_000);
    for (const seen of afterwards) {
      if (seen.login.epoch === '1.0') hold(seen, ['refused', 'identify'].includes(seen.step.at));
      if (seen.step.at === 'done') hold(seen, beyond(seen).length > 0);
    }
  });

  it('asks for a permit only who holds nothing and has none', () => {
    for (const seen of at('permit')) {
      const { facts, brought, stages } = seen;
      hold(seen, facts.held.length === 0 && brought.length === 0 && !facts.permit);
      hold(seen, !stages.some((stage) => stage !== first && stage.any.some((one) => facts.prepared.includes(one))));
    }
  });

  it('asks only for what can be proved, and never twice', () => {
    for (const seen of at('prove')) {
      for (const factor of [seen.step.factor, ...seen.step.others]) {
        hold(seen, seen.facts.usable.includes(factor));
        hold(seen, !seen.login.proofs.some((one) => one.factor === factor));
      }
    }
  });

  it('never ends with a second factor and no recovery codes', () => {
    for (const seen of at('done')) {
      if (beyond(seen).length > 0) hold(seen, seen.facts.codes > 0);
    }
  });

  it('offers only what is not held, once every gate is open, to who may set it up', () => {
    for (const seen of at('offer')) {
      const { stages, facts, login, step, brought } = seen;
      hold(seen, !facts.held.includes(step.factor) && login.offers.includes(step.factor));
      hold(seen, beyond(seen).length > 0 || (brought.length === 0 && facts.permit));
      hold(seen, ['done', 'consent'].includes(nextStep({ ...login, offers: [] }, stages, facts).at));
    }
  });

  it('asks for the password, too, where a passkey does not count as both', () => {
    for (const seen of at('done').filter(({ stages }) => stages.includes(everybodys))) {
      hold(
        seen,
        seen.login.proofs.some(({ factor }) => factor === 'password'),
      );
    }
  });

  it('has an end that can be reached from every step but a block, a refusal', () => {
    for (const seen of all) {
      if (['locked', 'refused', 'done'].includes(seen.step.at)) continue;
      hold(seen, moves(seen, seen.step).length > 0);
    }
  });

  it('asks for consent of a client that needs it before the end', () => {
    for (const seen of at('done')) hold(seen, !seen.facts.consentMissing || seen.login.consented);
  });
});

describe('nextStep', () => {
  const facts: Facts = {
    epoch: '1.0',
    held: [],
    usable: [],
    remembered: false,
    permit: true,
    prepared: [],
    codes: 0,
    offerable: ['passkey'],
    standIns: ['codes'],
    consentMissing: false,
    now: NOW,
  };
  const known: Login = { ...newLogin('u'), account: 'a', epoch: '1.0', proofs: [proof('password')] };

  it('starts again when the account changed since', () => {
    expect(nextStep({ ...known, epoch: '0.0' }, [first], facts)).to.deep.equal({ at: 'refused', reason: 'stale' });
  });
  it('refuses who is not for this client', () => {
    expect(nextStep(known, [first], { ...facts, barred: 'organization' })).to.deep.equal({
      at: 'refused',
      reason: 'organization',
    });
  });
  it('opens a block when its time has come', () => {
    const locked = { ...facts, held: ['totp'], usable: ['totp'], lockedUntil: NOW };
    expect(nextStep(known, [first, second], locked).at).to.equal('prove');
  });
  it('asks the preferred method first and offers the others', () => {
    const two = { ...facts, held: ['totp', 'key'], usable: ['totp', 'key', 'codes'], codes: 6, preferred: 'key' };
    expect(nextStep(known, [first, second], two)).to.deep.equal({
      at: 'prove',
      factor: 'key',
      others: ['totp', 'codes'],
    });
  });
  it('lets a detour wait for the end of a block', () => {
    const reset: Login = { ...known, detour: 'reset' };
    const holder = { ...facts, held: ['totp'], usable: ['totp', 'codes'], codes: 1 };
    expect(nextStep(reset, [first, second], holder)).to.deep.equal({ at: 'reset' });
    expect(nextStep(reset, [first, second], { ...holder, lockedUntil: NOW + 1 })).to.deep.equal({
      at: 'locked',
      until: NOW + 1,
    });
  });
  it('takes no detour that leads nowhere', () => {
    const reset: Login = { ...known, detour: 'reset' };
    expect(nextStep(reset, [first], facts).at).to.equal('done');
    const without = { ...facts, held: ['totp'], usable: ['totp'] };
    expect(nextStep(reset, [first, second], without)).to.include({ at: 'prove', factor: 'totp' });
  });
  it('does not take a recovery code in place of a factor that the person does not hold', () => {
    const codeOnly: Login = { ...known, proofs: [proof('password'), proof('codes')], introduced: true };
    const holder = { ...facts, held: ['totp'], usable: ['totp', 'codes'], codes: 5 };
    expect(nextStep(codeOnly, [first, { ...second, any: ['key'] }], holder)).to.deep.equal({
      at: 'enrol',
      factor: 'key',
      others: [],
    });
  });
  it('lets a passkey open both gates, also during a block', () => {
    const held = {
      ...facts,
      held: ['passkey'],
      usable: ['password', 'passkey', 'codes'],
      codes: 6,
      lockedUntil: NOW + 1,
    };
    const login: Login = { ...known, proofs: [proof('passkey')] };
    expect(nextStep(login, [first, second], held).at).to.equal('done');
    expect(nextStep(login, [first, everybodys, second], held).at).to.equal('locked');
  });
  it('asks for the passkey after the password before anything else is set up', () => {
    const held = { ...facts, held: ['passkey'], usable: ['password', 'passkey', 'codes'], codes: 6 };
    for (const stage of [second, strong, { ...second, any: ['totp'] }]) {
      expect(nextStep(known, [first, stage], held)).to.include({ at: 'prove', factor: 'passkey' });
    }
    const stolen: Login = { ...known, offers: ['passkey'], adding: 'key' };
    expect(nextStep(stolen, [first], { ...held, held: ['totp'], usable: ['password'] }).at).to.equal('done');
  });
  it('asks again for what was proved too long ago, and for nothing else', () => {
    const stages = [first, { ...second, since: NOW }];
    const held = { ...facts, held: ['totp'], usable: ['password', 'totp'], codes: 3 };
    const old = (factor: string): Proof => ({ ...proof(factor), at: NOW - 1 });
    const login = { ...known, proofs: [old('password'), old('totp')], brought: 2 };
    expect(nextStep(login, stages, held)).to.include({ at: 'prove', factor: 'totp' });
    const again = { ...login, proofs: [...login.proofs, proof('totp')] };
    expect(nextStep(again, stages, held).at).to.equal('done');
    expect(nextStep(login, [{ ...first, since: NOW }], facts).at, 'one gate alone').to.equal('identify');
  });

  it('lets a remembered device stand in where its gate allows it, and nowhere else', () => {
    const held = { ...facts, held: ['totp'], usable: ['password', 'totp'], codes: 3, remembered: true };
    const allows = { ...second, remembered: true };
    expect(nextStep(known, [first, allows], held)).to.deep.include({ at: 'done', proofs: known.proofs });
    expect(nextStep(known, [first, second], held).at).to.equal('prove');
    expect(nextStep(known, [first, { ...allows, any: ['key'] }], held).at, 'another factor').to.equal('prove');
    expect(nextStep(known, [first, allows], { ...held, held: [], usable: [] }).at, 'no factor').to.equal('introduce');
    expect(nextStep(known, [first, allows], { ...held, lockedUntil: NOW + 1 }).at).to.equal('locked');
    expect(nextStep({ ...known, epoch: '0.0' }, [first, allows], held).at).to.equal('refused');
    expect(nextStep({ ...known, detour: 'reset' }, [first, allows], { ...held, usable: ['codes'] }).at).to.equal(
      'reset',
    );
    expect(nextStep({ ...known, adding: 'passkey' }, [first, allows], held).at, 'sets nothing up').to.equal('done');
  });

  it('makes recovery codes anew for who asks, once every gate is open', () => {
    const held = { ...facts, held: ['totp'], usable: ['password', 'totp'], codes: 3 };
    const login = { ...known, adding: 'codes' };
    const proved = { ...login, proofs: [proof('password'), proof('totp')], brought: 2 };
    expect(nextStep(login, [first, second], held).at).to.equal('prove');
    expect(nextStep(proved, [first, second], held).at).to.equal('keep-codes');
    expect(nextStep(proved, [first], { ...facts, held: [] }).at, 'nothing to stand in for').to.equal('done');
    expect(nextStep(proved, [first, second], { ...held, lockedUntil: NOW + 1 }).at, 'a block').to.equal('done');
  });

  it('names steps with their factor', () => {
    expect(stepName({ at: 'prove', factor: 'totp', others: [] })).to.equal('prove:totp');
    expect(stepName({ at: 'consent' })).to.equal('consent');
  });
});
