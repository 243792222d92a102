import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../domain/clock.ts';

/** Entries that one table holds at most. Beyond, the one written longest ago goes: memory must not grow with what visitors send. */
const LIMIT = 50_000;
/** Writes after which everything that is over is collected. */
const WRITES_BETWEEN_SWEEPS = 1_000;

interface Row<Value> {
  readonly value: Value;
  readonly until: number;
}

/** Values with a deadline, by key. Collects what is over as it is written to, without a timer. */
export class Table<Value> {
  readonly #rows = new Map<string, Row<Value>>();
  readonly #clock: Clock;
  readonly #limit: number;
  #writes = 0;

  constructor(clock: Clock, limit = LIMIT) {
    this.#clock = clock;
    this.#limit = limit;
  }

  get size(): number {
    return this.#rows.size;
  }

  keys(): Iterable<string> {
    return this.#rows.keys();
  }

  get(key: string): Value | undefined {
    const row = this.#rows.get(key);
    return row === undefined || this.#isOver(row) ? undefined : row.value;
  }

  /** @param until milliseconds since the Unix epoch */
  set(key: string, value: Value, until: number): void {
    this.#rows.delete(key);
    this.#rows.set(key, { value, until });
    this.#writes += 1;
    if (this.#writes % WRITES_BETWEEN_SWEEPS === 0 || this.#rows.size > this.#limit) this.#collect();
  }

  delete(key: string): void {
    this.#rows.delete(key);
  }

  #collect(): void {
    for (const [key, row] of this.#rows) {
      if (this.#isOver(row)) this.#rows.delete(key);
    }
    for (const key of this.#rows.keys()) {
      if (this.#rows.size <= this.#limit) return;
      this.#rows.delete(key);
    }
  }

  #isOver({ until }: Row<Value>): boolean {
    return this.#clock.now() >= until;
  }
}

/**
 * Every verb of the stores in memory waits for its turn first, as one over a network would, and then acts at once:
 * so a caller that reads, thinks and writes meets the same races here as with Redis.
 */
export function turn(): Promise<void> {
  return setImmediate();
}
