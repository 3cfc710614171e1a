/** The ways in. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from './client';

/** How one signs in here, in the language that is spoken now. */
export function useWays() {
  const { i18n } = useTranslation();
  return useQuery({
    queryKey: ['ways', i18n.language],
    queryFn: ({ signal }) => call('get', '/session/ways', { signal, isQuiet: true }),
  });
}
