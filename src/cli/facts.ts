/** A line for each thing that is known; what lies deeper is named with dots. */
export function toldFacts(facts: object): string {
  return linesOf(facts, []).join('\n');
}

function linesOf(facts: object, path: readonly string[]): readonly string[] {
  return Object.entries(facts).flatMap(([name, value]) => {
    const at = [...path, name];
    if (value === null || value === undefined) return [];
    if (!Array.isArray(value)) return typeof value === 'object' ? linesOf(value, at) : `${at.join('.')}: ${value}`;
    const items = value.map((item) => (typeof item === 'object' ? JSON.stringify(item) : item));
    return items.length === 0 ? [] : `${at.join('.')}: ${items.join(', ')}`;
  });
}

/** A time, or none, as people read it. */
export function toldTime(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
