/** What is measured: oidc-provider with little around it, and Sluis on each database. Sessions of all are in Redis. */
export const kinds = ['bare', 'SQLite', 'PostgreSQL'] as const;
export type Kind = (typeof kinds)[number];

/** A number for each of those that it was measured of. */
export type Values = Readonly<Partial<Record<Kind, number>>>;

/** One thing that was measured, and what it should be. */
export interface Figure {
  readonly name: string;
  /** `ms`, `%`, `MB`; empty for a ratio or a count. */
  readonly unit: string;
  readonly values: Values;
  /** For Sluis, in the figure's own unit. */
  readonly target?: Target;
}

export type Target = { readonly atMost: number } | { readonly atLeast: number };

/** Whether Sluis meets the target on every database; undefined where there is none. */
export function isMet({ values, target }: Figure): boolean | undefined {
  if (target === undefined) return undefined;
  return kinds
    .filter((kind) => kind !== 'bare')
    .flatMap((kind) => values[kind] ?? [])
    .every((value) => ('atMost' in target ? value <= target.atMost : value >= target.atLeast));
}
