/** The pages of the administration, with the duty each needs. */
import type { Action, Me } from '@/api/types';

export const PLACES = [
  { to: '/admin/people', word: 'people', action: 'see_people' },
  { to: '/admin/units', word: 'units', action: 'see_people' },
  { to: '/admin/accounts', word: 'accounts', action: 'see_accounts' },
  { to: '/admin/settings', word: 'settings', action: 'manage_settings' },
] as const satisfies readonly { to: string; word: string; action: Action }[];

export const placesOf = (me: Pick<Me, 'actions'> | null | undefined) => PLACES.filter(({ action }) => me?.actions.includes(action));
