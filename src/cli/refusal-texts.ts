import type { Refusal, RefusalCode } from '../flows/administration/refusal.ts';

/** What a person at a terminal reads, and what the shell gets: as in sysexits.h, where it has a code. */
const refusals: Readonly<Record<RefusalCode, { readonly text: string; readonly exitCode: number }>> = {
  forbidden: { text: 'This may not be done.', exitCode: 77 },
  unproved: { text: 'A second factor has to be proved first.', exitCode: 77 },
  'not-found': { text: 'There is no such thing.', exitCode: 66 },
  invalid: { text: 'Something is wrong with what was given:', exitCode: 65 },
  changed: { text: 'Somebody else changed it at this moment: try again.', exitCode: 75 },
  taken: { text: 'Another one has this name already.', exitCode: 73 },
  'last-administrator': { text: 'It is the last administrator: make another one first.', exitCode: 69 },
  'last-superuser': { text: 'It is the last superuser of the organization: make another one first.', exitCode: 69 },
  confirm: { text: 'It has consequences: confirm them.', exitCode: 64 },
  'not-possible': {
    text: 'It cannot be done here, or not for this person: see what they have and how Sluis is configured.',
    exitCode: 69,
  },
  'in-use': { text: 'Something else needs it still.', exitCode: 69 },
  waiting: { text: 'It has to wait: others may not know of the change before it yet.', exitCode: 75 },
  undelivered: { text: 'It was not taken.', exitCode: 69 },
};

/** Fields are named as the acts name them, with a stable reason each. */
export function explainRefusal({ code, faults }: Refusal): { readonly exitCode: number; readonly message: string } {
  const { text, exitCode } = refusals[code];
  const lines = faults.map(({ field, reason }) => `  ${field}: ${reason}`);
  return { exitCode, message: [text, ...lines].join('\n') };
}
