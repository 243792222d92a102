import type { DemoAccount } from './accounts.ts';

export interface Started {
  readonly sluis: string;
  readonly application: string;
  readonly folder: string;
  readonly accounts: readonly DemoAccount[];
}

/** What the terminal says once the demonstration runs. */
export function banner({ sluis, application, folder, accounts }: Started): string {
  const steps = {
    'set-up': 'sets one up at the first sign-in',
    code: `authenticator app; its code is on ${application}`,
    none: 'not asked',
  };
  const rows = accounts.map(({ name, username, password, office, secondStep }) => [
    name,
    username,
    password,
    office?.code ?? '',
    steps[secondStep],
  ]);
  return `
Sluis is ready to be tried. This is a demonstration: its keys and passwords are public.

  Start here: ${application}  (an application that signs in with Sluis)
  Sluis:      ${sluis}/account  (one's own page)
  Console:    ${sluis}/admin  (for administrators)
  Messages:   ${application}/messages  (text messages and mail arrive there, whatever the number or address)

${table([['Account', 'Username', 'Password', 'Office code', 'Second factor'], ...rows])}

Accounts are kept in ${folder} (SQLite); delete it to begin anew. Sessions are in memory and end with this process.
Stop with Ctrl+C.

`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}
