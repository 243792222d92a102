import type { Factor } from '../../../src/domain/factor.ts';

/** A factor that exists in tests alone: whoever says its word twice has proved it. */
export interface ToyFactor extends Factor {
  /** The states that `deliver` was given, oldest first. */
  readonly delivered: readonly unknown[];
}

/** What is stored: the word. */
interface Secret {
  readonly word: string;
}

/** The word is asked for, and then asked for again. */
interface State {
  readonly asked: 'word' | 'again';
  /** While setting up: the word that was chosen. */
  readonly word?: string;
}

/**
 * It uses everything that a factor may do: two questions in one ceremony (`more`), something to deliver before each,
 * a deadline of five minutes, and `pending` for the answer `wait`. Answers are in the form field `word`;
 * the state that is delivered and what is shown say which question is open (`asked`).
 */
export function toyFactor(): ToyFactor {
  const delivered: State[] = [];
  const deliver = async (_subject: unknown, state: State) => {
    delivered.push(state);
  };
  const ask = (state: State) => ({ remember: state, show: { asked: state.asked } });

  const toy: Factor<Secret, State> = {
    name: 'toy',
    role: 'second',
    phishingResistant: false,
    guessable: true,

    enrolment: {
      lifetime: 300_000,
      deliver,
      start: async () => ask({ asked: 'word' }),
      async finish(_subject, state, { word = '' }) {
        if (word === '') return { ok: false, reason: 'malformed', field: 'word' };
        if (state.word === undefined) return { ok: 'more', ...ask({ asked: 'again', word }) };
        if (word !== state.word) return { ok: false, reason: 'wrong' };
        return { ok: true, secret: { word }, amr: ['toy'] };
      },
    },

    authentication: {
      lifetime: 300_000,
      deliver,
      start: async () => ask({ asked: 'word' }),
      async finish({ enrolments }, state, { word = '' }) {
        if (word === '') return { ok: false, reason: 'malformed', field: 'word' };
        if (word === 'wait') return { ok: 'pending' };
        const enrolment = enrolments.find(({ secret }) => secret.word === word);
        if (enrolment === undefined) return { ok: false, reason: 'wrong' };
        if (state.asked === 'word') return { ok: 'more', ...ask({ asked: 'again' }) };
        return { ok: true, secret: enrolment.secret, amr: ['toy'], enrolment: enrolment.id };
      },
    },
  };
  return { ...(toy as Factor), delivered };
}
