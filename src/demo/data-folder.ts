import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Makes the folder that keeps the demonstration between two starts.
 * @returns the URL of the database in it
 * @throws naming the folder and what to do
 */
export async function prepareFolder(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
    throw new Error(
      `The folder ${folder} cannot be made or written to${reason}. Make it writable, or choose another one: npm run demo -- --data <folder>`,
    );
  }
  return `sqlite:${join(folder, 'sluis.db')}`;
}
