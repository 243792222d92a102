/** One thing that is wrong with a configuration. */
export interface Fault {
  /** The setting (`lockout.attempts`), file or variable. */
  readonly path: string;
  readonly expected: string;
  /** What was found, as JSON; absent where nothing was, and for whatever may be a secret. */
  readonly found?: string;
}

/** A configuration that cannot be used, with everything that is wrong with it. The message is for whoever runs Sluis and holds no secret. */
export class ConfigError extends Error {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(['The configuration cannot be used:', ...faults.map((fault) => `  ${describe(fault)}`)].join('\n'));
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

function describe({ path, expected, found }: Fault): string {
  return `${path}: expected ${expected}${found === undefined ? '' : `, found ${found}`}`;
}
