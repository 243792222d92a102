import { drive, type Measurement } from './driver.ts';
import { type Figure, type Kind, kinds, type Values } from './figure.ts';
import { login } from './login.ts';
import { median } from './statistics.ts';
import { openSubjects, type Subject } from './subject.ts';

/** Logins before the rounds: only then is most of a server's code compiled for good. */
const FIRST = 1_000;
const ROUNDS = 6;
const LOGINS = 100;
const PARALLEL = 4;

interface Course {
  readonly subject: Subject;
  /** Of the logins before the rounds. */
  readonly first: Measurement;
  readonly measurements: readonly Measurement[];
  /** Commands that each request of one login sends to Redis. */
  readonly commands: ReadonlyMap<string, number>;
}

/**
 * What a login costs at Sluis and at the bare provider. Passwords are hashed at the least cost on both sides: a hash that protects them
 * costs the same anywhere, and would hide the rest.
 */
export async function loginCost(): Promise<readonly Figure[]> {
  const subjects = await openSubjects({ hashing: false, accounts: FIRST + ROUNDS * LOGINS + 1 });
  const courses = await takeTurns(subjects);
  for (const { close } of subjects) await close();

  const bare = courses.find(({ subject }) => subject.kind === 'bare');
  if (bare === undefined) throw new Error('expected a bare provider');
  const requests = [...new Set(courses.flatMap(({ commands }) => [...commands.keys()]))];
  return [
    {
      name: 'processor time of a login, without the hash',
      unit: 'ms',
      values: each(courses, ({ measurements }) => median(measurements.map(({ cpu }) => cpu))),
    },
    {
      name: '  as a multiple of the bare provider’s',
      unit: '',
      values: each(courses, (course) => median(ratios(course, bare))),
      target: { atMost: 1.25 },
    },
    {
      name: 'Redis commands of a login',
      unit: '',
      values: each(courses, ({ measurements }) => median(measurements.map(({ commands }) => commands))),
      target: { atMost: 32 },
    },
    ...requests.map((request) => ({
      name: `  ${request}`,
      unit: '',
      values: each(courses, ({ commands }) => commands.get(request)),
    })),
    { name: 'resident memory after 1,000 logins', unit: 'MB', values: each(courses, resident) },
    {
      name: '  above the bare provider’s',
      unit: 'MB',
      values: each(courses, (course) => resident(course) - resident(bare)),
      target: { atMost: 60 },
    },
  ];
}

/** Round by round, one server after the other: what else happens on the machine falls on all of them alike. */
async function takeTurns(subjects: readonly Subject[]): Promise<readonly Course[]> {
  const running = [];
  for (const subject of subjects) running.push(await warmedUp(subject));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { driver, measurements } of running) measurements.push(await driver.measure(LOGINS));
  }
  const courses: Course[] = [];
  for (const { driver, ...course } of running) {
    courses.push({ ...course, commands: await commandsByRequest(course.subject, driver.take()) });
  }
  return courses;
}

async function warmedUp(subject: Subject) {
  const driver = drive(subject, PARALLEL);
  const first = await driver.measure(FIRST);
  return { subject, driver, first, measurements: [] as Measurement[] };
}

async function commandsByRequest({ server, target }: Subject, account: Parameters<typeof login>[1]) {
  const commands = new Map<string, number>();
  let before = (await server.usage()).commands;
  await login(target, account, async (request) => {
    const now = (await server.usage()).commands;
    const name = commands.has(request) ? `${request}, again` : request;
    commands.set(name, now - before);
    before = now;
  });
  return commands;
}

/** Of each round to that of its neighbour: both saw the same machine. */
function ratios({ measurements }: Course, bare: Course): readonly number[] {
  return measurements.flatMap(({ cpu }, round) => {
    const beside = bare.measurements[round];
    return beside === undefined ? [] : [cpu / beside.cpu];
  });
}

function resident({ first }: Course): number {
  return first.resident / 1e6;
}

function each(courses: readonly Course[], read: (course: Course) => number | undefined): Values {
  const entries = courses.map((course): [Kind, number | undefined] => [course.subject.kind, read(course)]);
  return Object.fromEntries(entries.filter(([kind, value]) => kinds.includes(kind) && value !== undefined));
}
