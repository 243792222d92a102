import { type Comment, parseSync, type Span, Visitor, type VisitorObject } from 'oxc-parser';

/** A source file; its path is relative to the repository, with forward slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** What is wrong, and where. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** What a rule looks at, and how it objects. */
export interface Subject extends Source {
  readonly comments: readonly Comment[];
  /** @param at the part of the file that is objected to */
  object(at: Pick<Span, 'start'>, message: string): void;
}

/** Looks at one file. What it cannot see from the text it sees by visiting the syntax tree. */
export type Rule = (subject: Subject) => VisitorObject;

/** Everything that the rules object to in one file. */
export function check({ path, text }: Source, rules: readonly Rule[]): Finding[] {
  const { program, comments, errors } = parseSync(path, text);
  const findings: Finding[] = [];
  const object = ({ start }: Pick<Span, 'start'>, message: string) => {
    findings.push({ path, line: text.slice(0, start).split('\n').length, message });
  };
  for (const { message } of errors) object({ start: 0 }, message);
  for (const rule of rules) new Visitor(rule({ path, text, comments, object })).visit(program);
  return findings;
}
