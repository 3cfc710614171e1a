/** What stands at the address of a grant that is none: an old link, or one that lost a letter on its way. */
import { Stack, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from '@/ui/papers.module.css';

export function NoGrant() {
  const { t } = useTranslation('authority');
  return (
    <Stack className={classes['page']} align="flex-start">
      <Title order={1}>{t('no_grant')}</Title>
      <Link to="/grants" className={classes['link']}>{t('to_grants')}</Link>
    </Stack>
  );
}
