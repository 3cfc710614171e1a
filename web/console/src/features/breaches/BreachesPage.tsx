/** `/breaches`: breaches of confidentiality; recording, correcting, printing for whose duty it is. */
import { Button, Skeleton, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useBreaches } from '@/api/breaches';
import { useMe } from '@/api/session';
import { PageFailure } from '@/ui/PageState';
import admin from '@/ui/pages.module.css';
import { NotYourDuty, NothingYet } from '@/ui/ListState';
import { Pages } from '@/ui/Pages';
import { IconPlus } from '@/theme/icons';
import { BreachLine, useBreachName } from './BreachLine';
import { BreachPanel } from './BreachPanel';
import classes from './breaches.module.css';
import { HandOver } from './HandOver';
import type { BreachesSearch } from './search';

export function BreachesPage() {
  const { t } = useTranslation('breaches');
  const me = useMe();
  const { entry, open, page = 1 } = useSearch({ from: '/signed-in/shell/breaches' });
  const navigate = useNavigate({ from: '/breaches' });
  const nameOf = useBreachName();
  const mayRecord = me?.actions.includes('record_breach') ?? false;
  const mayRead = me?.actions.includes('see_registers') ?? false;
  const found = useBreaches(page, mayRead);
  const go = (search: BreachesSearch) => void navigate({ search, replace: true });
  const here: BreachesSearch = page === 1 ? {} : { page };
  if (me && !mayRead) {
    return (
      <div className={admin['page']}>
        <Title order={1} mb="md">{t('title')}</Title>
        <NotYourDuty whose={t('duty')} />
      </div>
    );
  }
  if (found.error && !found.data) return <PageFailure error={found.error} onRetry={() => void found.refetch()} />;
  const corrected = found.data?.breaches.find((one) => one.id === open) ?? null;
  const isOpen = mayRecord && (entry !== undefined || open === 'new' || corrected !== null);
  return (
    <div className={admin['page']}>
      <div className={admin['head']}>
        <Title order={1}>{t('title')}</Title>
        {mayRecord && <Button leftSection={<IconPlus size={16} />} onClick={() => go({ ...here, open: 'new' })}>{t('new')}</Button>}
      </div>
      <p className={classes['hint']}>{t('hint')}</p>
      {entry !== undefined && me && !mayRecord && <HandOver entry={entry} />}
      <p className={admin['count']} role="status">{found.data ? t('count', { count: found.data.total }) : ''}</p>
      {!found.data && <Skeleton height={280} />}
      {found.data?.total === 0 && <NothingYet text={t('none')} />}
      {found.data && found.data.breaches.length > 0 && (
        <ul className={classes['list']} aria-label={t('title')}>
          {found.data.breaches.map((one) => (
            <BreachLine key={one.id} breach={one} mayRecord={mayRecord} onEdit={() => go({ ...here, open: one.id })} />
          ))}
        </ul>
      )}
      {found.data && <Pages total={found.data.total} page={page} onPage={(next) => go({ page: next })} />}
      {isOpen && (
        <BreachPanel key={open ?? entry} breach={corrected} entry={corrected || open === 'new' ? undefined : entry}
          title={corrected ? t('one', { day: nameOf(corrected) }) : t('new')} onClose={() => go(here)} />
      )}
    </div>
  );
}
