import { duration } from './duration.ts';
import { section, whole } from './kinds.ts';

/** How much may be sent, counted from the first sending. */
export const sendingRule = () => section({ most: whole(1, 10_000_000), within: duration('1m', '7d') });
