import type { Redis } from 'ioredis';
import { benchAccount } from './account.ts';
import { login, type Target } from './login.ts';
import type { MeasuredServer } from './measured-server.ts';

/** How a server is to be measured. */
export interface Plan {
  readonly server: MeasuredServer;
  readonly target: Target;
  /** A connection to the Redis that the server uses; nothing else may use that Redis meanwhile. */
  readonly redis: Redis;
  /** Logins in each measurement. */
  readonly logins: number;
  /** Logins before the first one, until the machine code is compiled. */
  readonly warmUp: number;
  /** Logins at the same time. */
  readonly parallel: number;
  readonly measurements: number;
  /** Number of the first account to sign in: an account signs in once. */
  readonly firstAccount: number;
}

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

/** Signs accounts in at a server, and answers what each measurement found. */
export async function measure(plan: Plan): Promise<Measurement[]> {
  let account = plan.firstAccount;
  const take = () => {
    account += 1;
    return benchAccount(account - 1);
  };
  await signIn(plan, plan.warmUp, take);
  const found: Measurement[] = [];
  for (let count = 0; count < plan.measurements; count += 1) found.push(await measureOnce(plan, take));
  return found;
}

async function measureOnce(plan: Plan, take: () => ReturnType<typeof benchAccount>): Promise<Measurement> {
  const [before, executedBefore, begin] = [await plan.server.usage(), await executed(plan.redis), performance.now()];
  const requests = await signIn(plan, plan.logins, take);
  const seconds = (performance.now() - begin) / 1000;
  const [after, executedAfter] = [await plan.server.usage(), await executed(plan.redis)];
  return {
    cpu: (after.cpu - before.cpu) / plan.logins,
    commands: (after.commands - before.commands) / plan.logins,
    executed: (executedAfter - executedBefore) / plan.logins,
    requests: requests / plan.logins,
    perSecond: plan.logins / seconds,
    resident: after.resident,
  };
}

/** Answers how many requests all the logins took. */
async function signIn(plan: Plan, count: number, take: () => ReturnType<typeof benchAccount>): Promise<number> {
  let [left, requests] = [count, 0];
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const taken = await login(plan.target, take());
      requests += taken;
    }
  };
  await Promise.all(Array.from({ length: plan.parallel }, worker));
  return requests;
}

/** Commands that Redis carried out since it started, without the asking for them. */
async function executed(redis: Redis): Promise<number> {
  const lines = (await redis.info('commandstats')).matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm);
  return [...lines].reduce((sum, [, name, calls]) => (name === 'info' ? sum : sum + Number(calls)), 0);
}
