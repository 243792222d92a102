import type { Account } from '../../domain/account.ts';
import type { Client } from '../../domain/client.ts';
import type { Enrolment, EnrolmentSet } from '../../domain/enrolment.ts';
import type { Factor } from '../../domain/factor.ts';
import { epochOf, type Login } from '../../domain/login.ts';
import type { Organization, SignInPolicy } from '../../domain/organization.ts';
import { graceOf, stagesFor } from '../../domain/policy.ts';
import type { RememberedDevice } from '../../domain/remembered-device.ts';
import type { SignInRequest } from '../../domain/sign-in-request.ts';
import { type Facts, leansOnDevice, nextStep, type Stage, type Step } from '../../domain/step.ts';
import { deviceStandingIn } from '../devices/standing-in.ts';
import { isPermitted, permitsBrought } from '../permits/holds.ts';
import type { Needs } from './needs.ts';
import type { Visitor } from './screen.ts';

/** A login together with everything that is true of its account now, and the step that follows from both. */
export interface Standing {
  readonly login: Login;
  readonly step: Step;
  readonly client?: Client;
  readonly account?: Account;
  readonly organization?: Organization;
  readonly set: EnrolmentSet;
  readonly facts: Facts;
  readonly stages: readonly Stage[];
  /** The remembered device without which this login would not be as far as it is. */
  readonly device?: RememberedDevice;
}

const nothingHeld: EnrolmentSet = {
  version: 0,
  epoch: 0,
  everHeld: false,
  toSetUp: false,
  enrolments: [],
  provisional: [],
};

/** A request, and what the browser brings along that it comes from. */
export interface Arrival {
  readonly request: SignInRequest;
  readonly visitor?: Pick<Visitor, 'permits' | 'devices'>;
}

/**
 * Reads what is true now and derives the step. Nothing of it is kept between requests.
 * Whether the second stage is blocked is left open here: `lockable` asks when it matters.
 */
export async function standingOf(needs: Needs, arrival: Arrival, login: Login): Promise<Standing> {
  const { request } = arrival;
  const client = await needs.clients.byId(request.client);
  const known = login.account;
  const brought = known === undefined ? [] : await permitsBrought(needs, arrival.visitor?.permits ?? []);
  const [account, set] =
    known === undefined
      ? ([undefined, nothingHeld] as const)
      : await Promise.all([needs.accounts.byId(known), needs.enrolments.of(known)]);
  const organization =
    account?.organization === undefined ? undefined : await needs.organizations.byId(account.organization);
  const there = {
    ...(client !== undefined && { client }),
    ...(account !== undefined && { account }),
    ...(organization !== undefined && { organization }),
  };
  const held = heldBy(needs.factors, set);
  const policy = account && (organization ?? needs.settings.policy);
  const stages = stagesFor(
    {
      ...there,
      ...(policy && { policy }),
      held,
      toSetUp: set.toSetUp || login.early,
      now: needs.clock.now(),
      acceptableAcrs: request.acceptableAcrs,
      ...(request.provedWithin !== undefined && { since: needs.clock.now() - request.provedWithin }),
      ...(request.inPerson !== undefined && { inPerson: request.inPerson }),
    },
    needs.factors,
  );
  const now = needs.clock.now();
  const permit = held.length === 0 && account !== undefined && isPermitted(brought, { account, set, now });
  const device = stages.some(({ remembered }) => remembered)
    ? await deviceFor(needs, arrival, { login, set, ...there })
    : undefined;
  const facts = factsOf(needs, request, { ...there, set, held, permit, remembered: device !== undefined });
  const step = nextStep(login, stages, facts);
  const leans = device !== undefined && leansOnDevice(login, stages, facts);
  return { login, set, facts, stages, ...there, step, ...(leans && { device }) };
}

/** What a session leaned on counts while it goes on; what the browser brings, always. */
async function deviceFor(
  needs: Needs,
  { request, visitor }: Arrival,
  { login, account, organization, set }: Pick<Standing, 'login' | 'account' | 'organization' | 'set'>,
): Promise<RememberedDevice | undefined> {
  if (account === undefined) return undefined;
  const policy = organization ?? needs.settings.policy;
  const named = {
    secrets: visitor?.devices ?? [],
    session: login.brought > 0 ? request.session?.remembered : undefined,
  };
  const holder = { account: account.id, epoch: epochOf(account, set), policy, now: needs.clock.now() };
  return deviceStandingIn(needs, named, holder);
}

/** The same standing, or that of a block when its second stage is closed. */
export async function lockable({ lockouts }: Needs, standing: Standing): Promise<Standing> {
  const { step, account, login, stages, facts, device } = standing;
  const second =
    device !== undefined || ['introduce', 'choose', 'prove', 'enrol', 'offer', 'permit', 'reset'].includes(step.at);
  const lockedUntil = second && account !== undefined ? await lockouts.until(account.id) : undefined;
  if (lockedUntil === undefined) return standing;
  return { ...standing, step: nextStep(login, stages, { ...facts, lockedUntil }) };
}

interface Known extends Pick<Standing, 'account' | 'client' | 'organization' | 'set'> {
  readonly held: readonly string[];
  /** The browser has one for this account. */
  readonly permit: boolean;
  readonly remembered: boolean;
}

function factsOf(needs: Needs, request: SignInRequest, known: Known): Facts {
  const { account, client, set, held } = known;
  const policy = known.organization ?? needs.settings.policy;
  const left = answersLeft(needs.factors, set);
  const usable = usableFactors(needs.factors, set, left);
  const now = needs.clock.now();
  const grace = graceOf(policy, now);
  const barred = barrier(request, account, client);
  // An account that is gone or disabled meanwhile has an epoch that no login carries.
  const epoch = account === undefined || account.disabled ? 'gone' : epochOf(account, set);
  return {
    epoch,
    held,
    usable,
    remembered: known.remembered,
    permit: known.permit || (set.everHeld ? policy.permitsWaived : policy.firstSetUp === 'open'),
    prepared: set.provisional.map(({ factor }) => factor),
    ...(set.preferred !== undefined && { preferred: set.preferred }),
    codes: codesLeft(needs.factors, left),
    offerable: offerable(needs.factors, policy),
    standIns: needs.factors.filter(({ role }) => role === 'recovery').map(({ name }) => name),
    consentMissing: request.consent !== undefined,
    now,
    ...(grace !== undefined && { grace }),
    ...(barred !== undefined && { barred }),
  };
}

function barrier(request: SignInRequest, account: Account | undefined, client: Client | undefined): Facts['barred'] {
  if (request.subject !== undefined && account !== undefined && account.id !== request.subject) return 'subject';
  const allowed = client?.organizations;
  return allowed !== undefined && !allowed.some((id) => id === account?.organization) ? 'organization' : undefined;
}

function heldBy(factors: readonly Factor[], { enrolments }: EnrolmentSet): readonly string[] {
  return factors
    .filter(({ role, name }) => role === 'second' && enrolments.some(({ factor }) => factor === name))
    .map(({ name }) => name);
}

/** How many answers are left of each enrolment that runs out: its secret is opened for that, and for that alone. */
function answersLeft(factors: readonly Factor[], { enrolments }: EnrolmentSet): ReadonlyMap<Enrolment, number> {
  const counted = enrolments.flatMap((one) => {
    const remaining = factors.find(({ name }) => name === one.factor)?.remaining;
    return remaining === undefined ? [] : [[one, remaining(one.secret)] as const];
  });
  return new Map(counted);
}

type AnswersLeft = ReturnType<typeof answersLeft>;

function usableFactors(factors: readonly Factor[], { enrolments }: EnrolmentSet, left: AnswersLeft): readonly string[] {
  const works = ({ name }: Factor) =>
    enrolments.some((one) => one.factor === name && one.switchedOffAt === undefined && left.get(one) !== 0);
  // What is not set up (a password) is not among the enrolments.
  return factors
    .filter((factor) => (factor.role === 'first' ? factor.authentication : works(factor)))
    .map(({ name }) => name);
}

function offerable(factors: readonly Factor[], { methods }: SignInPolicy): readonly string[] {
  const second = factors.filter(({ role }) => role === 'second').map(({ name }) => name);
  return methods === undefined ? second : second.filter((name) => methods.includes(name));
}

function codesLeft(factors: readonly Factor[], left: AnswersLeft): number {
  const isCodes = (one: Enrolment) => factors.some(({ name, role }) => name === one.factor && role === 'recovery');
  return [...left].reduce(
    (sum, [one, count]) => sum + (one.switchedOffAt === undefined && isCodes(one) ? count : 0),
    0,
  );
}
