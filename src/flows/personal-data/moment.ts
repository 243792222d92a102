/** A time as RFC 3339 writes it, in UTC. @param at milliseconds since the Unix epoch */
export function moment(at: number): string {
  return new Date(at).toISOString();
}
