import type { z } from 'zod';
import type { Role } from '../../domain/account.ts';
import { type Actor, rankOf } from './actor.ts';
import type { Needs } from './needs.ts';
import { type FieldFault, Refusal } from './refusal.ts';
import type { Scope } from './scopes.ts';

/**
 * Something that administrators do. Console, command line and REST API are faces of the same acts: who may, what is asked and what is
 * answered is said here alone, and the description of the API is made from it.
 */
export interface Act<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  /** Dotted and stable: `account.create`. */
  readonly name: string;
  /** In one sentence, for the description of the API and the command line. */
  readonly summary: string;
  /** The lowest role that may. */
  readonly role: Role;
  readonly scope: Scope;
  /** It only tells: no proof of now is asked for. */
  readonly reads: boolean;
  /** It goes on in the browser of whoever acts, so that only the console can be its face. */
  readonly inBrowser?: true;
  readonly input: Input;
  readonly output: Output;
  /** @throws {Refusal} */
  run(needs: Needs, actor: Actor, input: z.output<Input>): Promise<z.input<Output>>;
}

/** Keeps the types of an act together. */
export function act<Input extends z.ZodType, Output extends z.ZodType>(
  described: Act<Input, Output>,
): Act<Input, Output> {
  return described;
}

/**
 * The one way to do something: who may not, or asks for what cannot be, changes nothing.
 * @param given anything; what is not in the act's input is refused, so that no field can be slipped in
 * @throws {Refusal}
 */
export async function perform<Input extends z.ZodType, Output extends z.ZodType>(
  needs: Needs,
  described: Act<Input, Output>,
  { actor, given }: { readonly actor: Actor; readonly given: unknown },
): Promise<z.output<Output>> {
  authorize(described, actor);
  const parsed = described.input.safeParse(given, { reportInput: true });
  if (!parsed.success) throw new Refusal('invalid', parsed.error.issues.flatMap(faultsOf));
  // Nothing that an act does not promise leaves it.
  return described.output.parse(await described.run(needs, actor, parsed.data));
}

/** @throws {Refusal} `forbidden` or `unproved` */
export function authorize({ role, scope, reads }: Pick<Act, 'role' | 'scope' | 'reads'>, actor: Actor): void {
  if (rankOf([actor.role]) < rankOf([role])) throw new Refusal('forbidden');
  if (actor.scopes !== undefined && !actor.scopes.includes(scope)) throw new Refusal('forbidden');
  if (!reads && !actor.proved) throw new Refusal('unproved');
}

function faultsOf(issue: z.core.$ZodIssue): readonly FieldFault[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: [...path, safeName(key)].join('.'), reason: 'unknown-field' }));
  }
  return [{ field: path.join('.'), reason: reasonOf(issue) }];
}

function reasonOf(issue: z.core.$ZodIssue): string {
  // A rule of ours says its reason as the message.
  if (issue.code === 'custom') return issue.message;
  if (issue.input === undefined) return 'missing';
  if (issue.code === 'too_big') return 'too-long';
  if (issue.code === 'too_small') return 'too-short';
  return 'malformed';
}

/** A field's name comes from outside: what does not look like one is not repeated. */
function safeName(name: string): string {
  return /^\w{1,40}$/.test(name) ? name : '?';
}
