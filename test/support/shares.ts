/** About how many seconds a file takes, where it is more than two. */
const weights: readonly (readonly [part: string, seconds: number])[] = [
  ['/web/views.test', 150],
  ['/cli/cli.test', 25],
  ['/journeys/', 20],
  ['/demo/', 8],
  ['/hostile/', 8],
  ['/bench/', 8],
];

/** Deals test files out so that every share takes about as long. No share is empty, and every file is in exactly one. */
export function shares(files: readonly string[], most: number): readonly (readonly string[])[] {
  const dealt = Array.from({ length: most }, () => ({ files: [] as string[], seconds: 0 }));
  // The longest first, or the last one would tip the scales.
  for (const file of [...files].sort((one, other) => secondsOf(other) - secondsOf(one))) {
    const [least] = [...dealt].sort((one, other) => one.seconds - other.seconds);
    least?.files.push(file);
    if (least !== undefined) least.seconds += secondsOf(file);
  }
  return dealt.map((share) => share.files.sort()).filter((share) => share.length > 0);
}

function secondsOf(file: string): number {
  return weights.find(([part]) => file.includes(part))?.[1] ?? 2;
}
