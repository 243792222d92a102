import type { Clock } from '../../src/domain/clock.ts';

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  #now: number;

  /** @param now milliseconds since the Unix epoch */
  constructor(now = Date.UTC(2026, 0, 15, 9)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  /** @param milliseconds how far to move on; negative goes back */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }
}
