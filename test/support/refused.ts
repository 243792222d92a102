import { Refusal } from '../../src/flows/administration/refusal.ts';

/** Why an act was refused, its code first and then each fault; empty when it was done. */
export async function outcomeOf(act: Promise<unknown>): Promise<readonly string[]> {
  try {
    await act;
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [error.code, ...error.faults.map(({ field, reason }) => `${field} ${reason}`)];
  }
}
