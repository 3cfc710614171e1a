/** Whose work footage requests, holds and applications are; the server decides again on every call. */
import type { Action, Me } from '@/api/types';

export const may = (me: Me | null | undefined, ...any: readonly Action[]): boolean => any.some((action) => me?.actions.includes(action) ?? false);

export const maySeeRequests = (me: Me | null | undefined): boolean => may(me, 'see_requests');
