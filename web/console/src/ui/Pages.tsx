/** How many there are, and the way through their pages. */
import { Group, Pagination } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PAGE_SIZE } from '@/api/people';

type Props = { total: number; page: number; onPage: (page: number) => void };

export function Pages({ total, page, onPage }: Props) {
  const { t } = useTranslation('admin');
  const last = Math.ceil(total / PAGE_SIZE);
  if (last < 2) return null;
  return (
    <Group justify="center" mt="md" component="nav" aria-label={t('pages')}>
      <Pagination total={last} value={Math.min(page, last)} onChange={onPage} size="md"
        getItemProps={(number) => ({ 'aria-label': t('page', { number }) })}
        getControlProps={(control) => ({ 'aria-label': t(`page_${control}`) })} />
    </Group>
  );
}
