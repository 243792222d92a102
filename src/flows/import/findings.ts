import type { ImportTally } from '../../domain/ports.ts';
import type { LineFault } from './format.ts';

/** A line that cannot be imported, and why. */
export interface BadLine extends LineFault {
  readonly line: number;
}

/** Nobody reads more. */
const LISTED = 1_000;

/** What the checks of a file write down as they go. */
export class Findings {
  readonly #badLines: BadLine[] = [];
  #unlisted = 0;
  readonly #seen = { organizations: 0, accounts: 0, clients: 0 };
  readonly #standing = { organizations: 0, accounts: 0, clients: 0 };
  readonly #standingLines = new Set<number>();

  saw(kind: keyof ImportTally): void {
    this.#seen[kind] += 1;
  }

  /** The line is good, and there already. */
  stands(kind: keyof ImportTally, line: number): void {
    this.#standing[kind] += 1;
    this.#standingLines.add(line);
  }

  object(line: number, fault: LineFault): void {
    if (this.#badLines.length < LISTED) this.#badLines.push({ line, ...fault });
    else this.#unlisted += 1;
  }

  /** In the order of the file. */
  get badLines(): readonly BadLine[] {
    return this.#badLines.toSorted((one, other) => one.line - other.line);
  }

  /** Faults beyond those in `badLines`. */
  get unlisted(): number {
    return this.#unlisted;
  }

  /** Everything in the file. */
  get seen(): ImportTally {
    return this.#seen;
  }

  /** What is there already. */
  get standing(): ImportTally {
    return this.#standing;
  }

  /** Its lines. */
  get standingLines(): ReadonlySet<number> {
    return this.#standingLines;
  }
}
