import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function HelpPage() {
  const { t } = useTranslation();
  return <Title order={1}>{t('rail.help')}</Title>;
}
