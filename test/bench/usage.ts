import { Redis } from 'ioredis';

/** What a server process has used since it started. */
export interface Usage {
  /** Milliseconds of processor time, all threads together. */
  readonly cpu: number;
  /** Bytes of resident memory. */
  readonly resident: number;
  /** Commands that it sent to Redis. */
  readonly commands: number;
}

/** What a server process says to the driver that forked it: once that it listens, then its usage whenever it is asked. */
export type Told = { readonly listening: string } | { readonly usage: Usage };

/** Counts what is used in this process from now on, and answers the driver. Call it before anything connects to Redis. */
export function tellUsage(): void {
  let commands = 0;
  const { sendCommand } = Redis.prototype;
  Redis.prototype.sendCommand = function (this: Redis, ...given: Parameters<typeof sendCommand>) {
    commands += 1;
    return sendCommand.apply(this, given);
  };
  process.on('message', (asked) => {
    if (asked !== 'usage') return;
    const { user, system } = process.cpuUsage();
    tell({ usage: { cpu: (user + system) / 1000, resident: process.memoryUsage.rss(), commands } });
  });
  process.on('disconnect', () => process.exit());
}

/** Tells the driver, which must have forked this process. */
export function tell(what: Told): void {
  if (process.send === undefined) throw new Error('This server is started by the benchmark.');
  process.send(what);
}
