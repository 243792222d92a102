import { present } from './present.ts';
import type { Visit } from './visit.ts';

/** Where people begin: a search, and the parts of the console that they have any use for. */
export async function showOverview(visit: Visit): Promise<void> {
  present(visit, 'admin/overview', {});
}

/** Who comes here proved their second factor once more, in a window beside the form that they were at. */
export async function showProved(visit: Visit): Promise<void> {
  present(visit, 'admin/proved', {});
}
