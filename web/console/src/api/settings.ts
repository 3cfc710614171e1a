/** The node's settings: read, changed, tried. Of a secret the server tells only whether there is one. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client';
import { Problem } from './problem';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Settings = Schemas['SettingsAnswer'];
export type Section = Schemas['SettingSectionRow'];
export type Setting = Schemas['SettingRow'];
export type Value = Setting['value'];
export type Check = Schemas['CheckRow'];

const KEY = ['settings'];
const AGAIN_MS = 1_500;

/** `isRestarting`: asked again and again until the server is back. */
export const useSettings = (isAllowed: boolean, isRestarting: boolean) =>
  useQuery({
    queryKey: [...KEY, 'all'],
    queryFn: ({ signal }) => call('get', '/settings', { signal }),
    enabled: isAllowed,
    refetchInterval: isRestarting ? AGAIN_MS : false,
  });

/** Every part tried, as the files say it; other machines are asked, so not again with each look. */
export const useChecks = (isAllowed: boolean) =>
  useQuery({
    queryKey: [...KEY, 'checks'],
    queryFn: async ({ signal }) => (await call('post', '/settings/checks', { signal })).checks,
    enabled: isAllowed,
    staleTime: Infinity,
    retry: false,
  });

export function useSaveSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['SettingsBody']) => call('put', '/settings', { body }),
    gcTime: 0, // a password may be in it
    onError: (error) => (error instanceof Problem && error.code === 'settings_changed' ? client.invalidateQueries({ queryKey: [...KEY, 'all'] }) : undefined),
    onSuccess: (answer) => {
      client.setQueryData([...KEY, 'all'], answer);
      return client.invalidateQueries({ queryKey: [...KEY, 'checks'] });
    },
  });
}

export const useTestMail = () => useMutation({ mutationFn: () => call('post', '/settings/test-mail') });
export const useRestart = () => useMutation({ mutationFn: () => call('post', '/settings/restart') });
