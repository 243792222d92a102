/**
 * What goes wrong with a request:
 * - `throttled`, `unavailable`: the provider's own words for "not now"; it did not take the message
 * - `broken`: an internal error; nobody knows whether it did
 * - `silent`: it took the message and never answers
 * - `cut`: it took the message and the connection ends before the answer
 */
export type Trouble = 'throttled' | 'unavailable' | 'broken' | 'silent' | 'cut';

/** A provider of text messages on this machine, which behaves as the published API of a real one. */
export interface Provider {
  readonly host: string;
  readonly port: number;
  /** Messages that it took and would deliver. */
  readonly taken: readonly { readonly to: string; readonly text: string }[];
  /** How often it was asked to send. */
  asked(): number;
  /** What happens to the next requests, in this order; those after them go well. */
  next(...troubles: Trouble[]): void;
  /** Resolves when it has taken a message and stays silent. */
  silence(): Promise<void>;
  close(): Promise<void>;
}

/** Taken from the front as requests come. */
export class Troubles {
  readonly #coming: Trouble[] = [];
  readonly #waiting: (() => void)[] = [];
  #asked = 0;

  add(troubles: readonly Trouble[]): void {
    this.#coming.push(...troubles);
  }

  /** The one that is due. Counts the request. */
  take(): Trouble | undefined {
    this.#asked += 1;
    return this.#coming.shift();
  }

  silence(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** A message was taken, and no answer comes. */
  fallSilent(): void {
    for (const tell of this.#waiting.splice(0)) tell();
  }

  get asked(): number {
    return this.#asked;
  }
}
