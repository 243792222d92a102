/** The same without the properties that are null: SQL knows null, the domain knows absent. */
export type Present<Row> = { [Name in keyof Row as null extends Row[Name] ? never : Name]: Row[Name] } & {
  [Name in keyof Row as null extends Row[Name] ? Name : never]?: Exclude<Row[Name], null>;
};

export function present<Row extends object>(row: Row): Present<Row> {
  const found: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) if (value !== null) found[name] = value;
  return found as Present<Row>;
}
