// Every port, under one name: what the rules need of the outside world, as verbs.

export type * from './ports/directories.ts';
export type * from './ports/email-changes.ts';
export type * from './ports/mail.ts';
export type * from './ports/messages.ts';
export type * from './ports/operation.ts';
export type * from './ports/passwords.ts';
export type * from './ports/people.ts';
export type * from './ports/protocol.ts';
export type * from './ports/reminders.ts';
export type * from './ports/repetition.ts';
export type * from './ports/secrets.ts';
export type * from './ports/sign-in.ts';
export type * from './ports/sign-in-trials.ts';
