/** Who prepares it, by when: whoever registers it may not be the one, nor whoever will approve it. */
import { Alert, Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/session';
import { Facts } from '@/ui/Facts';
import { dayAndTime } from '@/time/format';
import { serverClock } from '@/time/server-clock';
import type { PageProps } from './page';

export function WhoPage({ draft, set, at, choices }: PageProps) {
  const { t, i18n } = useTranslation('requests');
  const me = useMe();
  const now_us = serverClock.now_us();
  return (
    <>
      <Select searchable clearable label={t('field.officer')} description={t('field.officer_hint')} value={draft.officer} error={at('officer')} nothingFoundMessage={t('nobody')}
        clearButtonProps={{ 'aria-label': t('nobody_yet') }} placeholder={t('nobody_yet')} onChange={(officer) => set({ officer })}
        data={choices.officers.filter((one) => one.id !== me?.id).map((one) => ({ value: one.id, label: one.display_name }))} />
      <Facts
        rows={[
          [t('field.due_soft'), dayAndTime(now_us + choices.soft_us, i18n.language)],
          [t('field.due_hard'), dayAndTime(now_us + choices.hard_us, i18n.language)],
        ]}
      />
      <Text size="sm" c="dimmed">{t('due_says')}</Text>
      <Alert color="gray">{t('separation_says')}</Alert>
    </>
  );
}
