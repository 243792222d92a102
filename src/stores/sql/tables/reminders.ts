import type { ReminderKind } from '../../../domain/ports.ts';
import type { Flag, Time } from '../schema.ts';

export interface RemindersTable {
  organization: string;
  /** The `second_factor_from` that people are told of. */
  date: Time;
  kind: ReminderKind;
  /** Everybody up to here was told. */
  place: string;
  over: Flag;
}
