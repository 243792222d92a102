import { unavailable } from '../../domain/failure.ts';

/**
 * Waits for an answer of Redis. Whatever goes wrong there (no connection, no answer in time, an error reply) means that
 * nothing is known about the question, so nobody gets in.
 * @throws `unavailable`
 */
export async function reach<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw unavailable(error);
  }
}
