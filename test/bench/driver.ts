import type { Redis } from 'ioredis';
import { type BenchAccount, benchAccount } from './account.ts';
import { login } from './login.ts';
import type { Subject } from './subject.ts';

/** What one login cost, on average over one measurement. */
export interface Measurement {
  /** Milliseconds of the server's processor time. */
  readonly cpu: number;
  /** Commands that the server sent to Redis. */
  readonly commands: number;
  /** Commands that Redis carried out, those inside of scripts included. */
  readonly executed: number;
  readonly requests: number;
  readonly perSecond: number;
  /** Bytes of resident memory at the end. */
  readonly resident: number;
}

/** Signs accounts in at one server, each of them once: a code counts once. */
export interface Driver {
  /** The next account that nobody has signed in with. */
  take(): BenchAccount;
  /** Signs that many in; nothing else may use the server's Redis meanwhile. */
  measure(logins: number): Promise<Measurement>;
}

/** @param parallel logins at the same time */
export function drive(subject: Pick<Subject, 'server' | 'target' | 'redis'>, parallel: number): Driver {
  const { server, target, redis } = subject;
  let taken = 0;
  const take = () => {
    taken += 1;
    return benchAccount(taken - 1);
  };

  /** Answers how many requests all the logins took. */
  async function signIn(count: number): Promise<number> {
    let [left, requests] = [count, 0];
    const worker = async () => {
      while (left > 0) {
        left -= 1;
        const made = await login(target, take());
        requests += made;
      }
    };
    await Promise.all(Array.from({ length: parallel }, worker));
    return requests;
  }

  return {
    take,
    async measure(logins) {
      const [before, executedBefore, begin] = [await server.usage(), await executed(redis), performance.now()];
      const requests = await signIn(logins);
      const seconds = (performance.now() - begin) / 1000;
      const [after, executedAfter] = [await server.usage(), await executed(redis)];
      return {
        cpu: (after.cpu - before.cpu) / logins,
        commands: (after.commands - before.commands) / logins,
        executed: (executedAfter - executedBefore) / logins,
        requests: requests / logins,
        perSecond: logins / seconds,
        resident: after.resident,
      };
    },
  };
}

/** Commands that Redis carried out since it started, without the asking for them. */
async function executed(redis: Redis): Promise<number> {
  const lines = (await redis.info('commandstats')).matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm);
  return [...lines].reduce((sum, [, name, calls]) => (name === 'info' ? sum : sum + Number(calls)), 0);
}
