/** `/admin/people`: who works here, found by name or number; one of them opened beside the list. */
import { Button, Select, Skeleton, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePeople, useUnits } from '@/api/people';
import { useMe } from '@/api/session';
import { PageFailure } from '@/ui/PageState';
import classes from '@/ui/pages.module.css';
import { NotYourDuty, NothingFound, NothingYet } from '@/ui/ListState';
import { Pages } from '@/ui/Pages';
import { SearchField } from '@/ui/SearchField';
import { labelOf } from '@/features/organisation/tree';
import { IconPlus } from '@/theme/icons';
import { PersonPanel } from './PersonPanel';
import { PersonRow } from './PersonRow';
import type { PeopleSearch } from './search';

export function PeoplePage() {
  const { t } = useTranslation('admin');
  const me = useMe();
  const search = useSearch({ from: '/signed-in/shell/admin/people' });
  const navigate = useNavigate({ from: '/admin/people' });
  const [mayLook, mayChange] = [me?.actions.includes('see_people') ?? false, me?.actions.includes('manage_people') ?? false];
  const { q = '', unit, staff = 'staff', page = 1, open } = search;
  const people = usePeople({ search: q, unit, staff, page }, mayLook);
  const units = useUnits(mayLook);
  const change = (more: Partial<Record<keyof PeopleSearch, unknown>>) =>
    void navigate({ search: (before) => ({ ...before, page: undefined, ...more }) as PeopleSearch, replace: true });
  if (me && !mayLook) return <NotYourDuty whose={t('duty.people')} />;
  if (people.error && !people.data) return <PageFailure error={people.error} onRetry={() => void people.refetch()} />;
  const isFiltered = q !== '' || unit !== undefined || staff !== 'staff';
  const hasUnits = (units.data?.length ?? 0) > 0;
  return (
    <>
      <div className={classes['head']}>
        <Title order={1}>{t('people.title')}</Title>
        {mayChange && (
          <Button leftSection={<IconPlus size={16} />} disabled={!hasUnits} onClick={() => change({ open: 'new', page })}>
            {t('people.new')}
          </Button>
        )}
      </div>
      <div className={classes['filters']}>
        <SearchField label={t('people.search')} value={q} onSearch={(text) => change({ q: text || undefined })} />
        <Select label={t('people.unit')} searchable clearable value={unit ?? null} placeholder={t('people.all_units')} nothingFoundMessage={t('none_found')}
          clearButtonProps={{ 'aria-label': t('clear_choice') }} onChange={(id) => change({ unit: id ?? undefined })}
          data={(units.data ?? []).map((one) => ({ value: one.id, label: labelOf(units.data ?? [], one.id) }))} />
        <Select label={t('people.state')} allowDeselect={false} value={staff}
          data={(['staff', 'left', 'all'] as const).map((value) => ({ value, label: t(`staff.${value}`) }))}
          onChange={(value) => change({ staff: value === 'staff' ? undefined : value })} />
      </div>
      <p className={classes['count']} role="status">{people.data ? t('people.count', { count: people.data.total }) : ''}</p>
      {!people.data && <Skeleton height={280} />}
      {people.data?.total === 0 &&
        (isFiltered ? (
          <NothingFound onClear={() => void navigate({ search: {}, replace: true })} />
        ) : (
          <NothingYet text={t(units.data && !hasUnits ? 'people.no_units' : 'people.none')} />
        ))}
      {people.data && people.data.people.length > 0 && (
        <ul className={classes['list']} aria-label={t('people.title')}>
          {people.data.people.map((person) => (
            <PersonRow key={person.id} person={person} onOpen={() => change({ open: person.id, page })} />
          ))}
        </ul>
      )}
      {people.data && <Pages total={people.data.total} page={page} onPage={(next) => change({ page: next })} />}
      {open && units.data && (
        <PersonPanel key={open} id={open === 'new' ? null : open} units={units.data} mayChange={mayChange}
          onClose={() => change({ open: undefined, page })} />
      )}
    </>
  );
}
