import { drive, type Measurement } from './driver.ts';
import { type Figure, type Kind, kinds, type Values } from './figure.ts';
import { login } from './login.ts';
import { median } from './statistics.ts';
import { openSubjects, type Subject } from './subject.ts';

/** Rounds before those that count, a thousand logins: only then is most of a server's code compiled for good. */
const FIRST = 10;
const ROUNDS = 6;
const LOGINS = 100;
const PARALLEL = 4;

interface Course {
  readonly subject: Subject;
  /** After the first rounds, in bytes. */
  readonly resident: number;
  readonly measurements: readonly Measurement[];
  /** Commands that each request of one login sends to Redis. */
  readonly commands: ReadonlyMap<string, number>;
}

/**
 * What a login costs at Sluis and at the bare provider. Passwords are hashed at the least cost on both sides: a hash that protects them
 * costs the same anywhere, and would hide the rest.
 */
export async function loginCost(): Promise<readonly Figure[]> {
  const subjects = await openSubjects({ hashing: false, accounts: (FIRST + ROUNDS) * LOGINS + 1 });
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
    {
      name: 'resident memory after 1,000 logins',
      unit: 'MB',
      values: each(courses, ({ resident }) => resident / 1e6),
    },
    {
      name: '  above the bare provider’s',
      unit: 'MB',
      values: each(courses, ({ resident }) => (resident - bare.resident) / 1e6),
      target: { atMost: 60 },
    },
  ];
}

/** Round by round, one server after the other: what else happens on the machine falls on all of them alike. */
async function takeTurns(subjects: readonly Subject[]): Promise<readonly Course[]> {
  const running = subjects.map((subject) => ({
    subject,
    driver: drive(subject, PARALLEL),
    all: [] as Measurement[],
  }));
  for (let round = 0; round < FIRST + ROUNDS; round += 1) {
    for (const { driver, all } of running) all.push(await driver.measure(LOGINS));
  }
  const courses: Course[] = [];
  for (const { subject, driver, all } of running) {
    const [resident = Number.NaN] = all.slice(FIRST - 1).map((measurement) => measurement.resident);
    const commands = await commandsByRequest(subject, driver.take());
    courses.push({ subject, resident, measurements: all.slice(FIRST), commands });
  }
  return courses;
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

function each(courses: readonly Course[], read: (course: Course) => number | undefined): Values {
  const entries = courses.map((course): [Kind, number | undefined] => [course.subject.kind, read(course)]);
  return Object.fromEntries(entries.filter(([kind, value]) => kinds.includes(kind) && value !== undefined));
}
