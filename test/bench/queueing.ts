import type { BenchAccount } from './account.ts';
import { type Driver, drive } from './driver.ts';
import type { Figure, Kind } from './figure.ts';
import { begin, goOn, signIn, type Target } from './login.ts';
import { send } from './send.ts';
import { percentile } from './statistics.ts';
import { openSubjects } from './subject.ts';
import { UserAgent } from './user-agent.ts';
import { WARM_UP } from './warm-up.ts';

const PASSWORDS = 64;
const PARALLEL = 4;
/** So many that each question is asked some hundreds of times. */
const WAVES = 5;

/** How long others wait while passwords queue to be hashed: milliseconds at the 99th percentile. */
export async function queueing(): Promise<readonly Figure[]> {
  const keys: [Kind, number][] = [];
  const silent: [Kind, number][] = [];
  const accounts = WARM_UP + 1 + PASSWORDS * WAVES;
  for (const subject of await openSubjects({ hashing: true, accounts })) {
    const { kind, target, close } = subject;
    const driver = drive(subject, PARALLEL);
    await driver.measure(WARM_UP);
    const waits = await waitsAt(target, driver.take);
    await close();
    keys.push([kind, percentile(waits.keys, 0.99)]);
    silent.push([kind, percentile(waits.silent, 0.99)]);
  }
  const asked = { unit: 'ms', target: { atMost: 50 } };
  return [
    { ...asked, name: `/jwks while ${PASSWORDS} passwords queue, 99th percentile`, values: Object.fromEntries(keys) },
    { ...asked, name: 'a silent sign-in meanwhile', values: Object.fromEntries(silent) },
  ];
}

interface Waits {
  readonly keys: number[];
  readonly silent: number[];
}

async function waitsAt(target: Target, take: Driver['take']): Promise<Waits> {
  const { origin } = new URL(target.issuer);
  const signedIn = new UserAgent(origin);
  await signIn(signedIn, target, take());
  const waits: Waits = { keys: [], silent: [] };
  for (let wave = 0; wave < WAVES; wave += 1) {
    const forms = await Promise.all(Array.from({ length: PASSWORDS }, () => atPassword(target, take())));
    let queued = PASSWORDS;
    const posts = forms.map(async ({ agent, page, account }) => {
      await goOn(agent, page, account);
      queued -= 1;
    });
    while (queued > 0) {
      waits.keys.push(await timed(() => send(new URL(`${target.issuer}/jwks`), {})));
      waits.silent.push(await timed(() => silently(signedIn, target)));
    }
    await Promise.all(posts);
  }
  return waits;
}

async function atPassword(target: Target, account: BenchAccount) {
  const agent = new UserAgent(new URL(target.issuer).origin);
  const { answer } = await begin(agent, target);
  return { agent, account, page: await goOn(agent, answer, account) };
}

async function silently(agent: UserAgent, target: Target): Promise<void> {
  const { answer } = await begin(agent, target, { prompt: 'none' });
  if (!answer.location?.searchParams.has('code')) throw new Error(`no silent sign-in: ${answer.location}`);
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await act();
  return performance.now() - begun;
}
