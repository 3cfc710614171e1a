/** What waits for the person who is signed in. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from './client';
import type { components } from './schema';

export type Reminder = components['schemas']['ReminderRow'];

/**
 * Under the papers' key: whatever is done about a paper asks anew what still waits. Never on a timer, which would count as
 * use of a session that nobody uses; whoever comes back to the window looks anew.
 */
export const remindersQuery = queryOptions({
  queryKey: ['authority', 'reminders'],
  queryFn: async ({ signal }) => (await call('get', '/reminders', { signal })).reminders,
  staleTime: 60_000,
  refetchOnWindowFocus: true,
});

export const useReminders = () => useQuery(remindersQuery);
