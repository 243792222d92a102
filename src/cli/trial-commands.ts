import { addResource, type Commands, type Described } from './resource-commands.ts';

interface Trial extends Described {
  /** Of the group. */
  readonly about: string;
}

/** By what is tried. */
const trials: Readonly<Record<string, Trial>> = {
  mail: {
    about: 'mail: whether it arrives',
    usage: 'test <address>',
    summary: 'send a mail at once, by the configured server',
    example: 'sluis mail test you@example.com',
    load: async () => (await import('./trials.ts')).tryMail,
  },
  sms: {
    about: 'text messages: whether they arrive',
    usage: 'test <number>',
    summary: 'send one at once, by the configured gateway; it counts against the limits as every other does',
    example: 'sluis sms test +31612345678',
    load: async () => (await import('./trials.ts')).tryTextMessages,
  },
};

/** `sluis mail test` and its like. */
export function addTrialCommands(commands: Commands): void {
  for (const [name, { about, ...described }] of Object.entries(trials)) {
    addResource(commands, { name, summary: about }, [described]);
  }
}
