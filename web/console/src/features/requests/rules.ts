/** The directive's numbers on giving footage, as the server's rules have them: a form says them before it is sent. */
import { US_PER_DAY } from '@/time/zoneTime';

export const HOLD_DAYS = 90; // article 10(2)
export const MOST_CAMERAS = 200;
export const MOST_INTERVALS = 50;
export const MOST_ITEMS = 1_000;
export const LONGEST_US = 400 * US_PER_DAY;
