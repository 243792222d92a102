import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { hashesAtOnce } from '../../src/crypto/hashes-at-once.ts';
import { benchAccount } from './account.ts';
import { drive } from './driver.ts';
import type { Figure, kinds, Values } from './figure.ts';
import { median } from './statistics.ts';
import { openSubjects } from './subject.ts';
import { WARM_UP } from './warm-up.ts';

const ROUNDS = 5;
const LOGINS = 40;
const PARALLEL = 16;
const HASHES = 40;

interface Course {
  readonly kind: (typeof kinds)[number];
  /** Milliseconds of the server's processor time, the hash included. */
  readonly cpu: number[];
  /** The same of hashes alone, right before. */
  readonly hash: number[];
  readonly perSecond: number[];
}

/**
 * Logins a second with argon2id, next to what the hash alone allows. The driver, Redis and the database share the cores with the
 * server, which would make it look slower than it is; so both sides are told by the processor time that they take, which is what the
 * same cores can be divided by.
 */
export async function throughput(): Promise<readonly Figure[]> {
  const subjects = await openSubjects({ hashing: true, accounts: WARM_UP + ROUNDS * LOGINS });
  const running = subjects.map((subject) => ({
    driver: drive(subject, PARALLEL),
    course: { kind: subject.kind, cpu: [], hash: [], perSecond: [] } as Course,
  }));
  for (const { driver } of running) await driver.measure(WARM_UP);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { driver, course } of running) {
      course.hash.push(await hashAlone());
      const { cpu, perSecond } = await driver.measure(LOGINS);
      course.cpu.push(cpu);
      course.perSecond.push(perSecond);
    }
  }
  for (const { close } of subjects) await close();

  const each = (read: (course: Course) => number): Values =>
    Object.fromEntries(running.map(({ course }) => [course.kind, read(course)]));
  const cores = availableParallelism();
  return [
    {
      name: `logins a second that ${cores} cores allow: the hash alone`,
      unit: '/s',
      values: each(({ hash }) => (cores * 1000) / median(hash)),
    },
    { name: '  whole logins', unit: '/s', values: each(({ cpu }) => (cores * 1000) / median(cpu)) },
    {
      name: '  as a share of the hash alone',
      unit: '%',
      values: each(({ hash, cpu }) => median(cpu.map((login, round) => (100 * (hash[round] ?? 0)) / login))),
      target: { atLeast: 70 },
    },
    {
      name: '  seen, with driver, Redis and database on the same cores',
      unit: '/s',
      values: each(({ perSecond }) => median(perSecond)),
    },
  ];
}

/** Milliseconds of processor time of one hash, as many at once as the server makes. */
async function hashAlone(): Promise<number> {
  const { password } = benchAccount(0);
  const encoded = await hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  let left = HASHES;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await verify(encoded, password);
    }
  };
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: hashesAtOnce(availableParallelism(), availableParallelism() + 2) }, worker));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / HASHES;
}
