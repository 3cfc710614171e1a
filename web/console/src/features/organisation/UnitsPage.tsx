/** `/admin/units`: the municipality's units as a tree; what stands here is printed in the head of records. */
import { Button, Checkbox, Skeleton, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useUnits } from '@/api/people';
import { useMe } from '@/api/session';
import { PageFailure } from '@/ui/PageState';
import classes from '@/ui/pages.module.css';
import { NotYourDuty, NothingFound, NothingYet } from '@/ui/ListState';
import { SearchField } from '@/ui/SearchField';
import { IconPlus } from '@/theme/icons';
import type { UnitsSearch } from './search';
import { found, treeOf } from './tree';
import { UnitPanel } from './UnitPanel';
import { UnitTree } from './UnitTree';

export function UnitsPage() {
  const { t } = useTranslation('admin');
  const me = useMe();
  const { q = '', closed = false, open, under } = useSearch({ from: '/signed-in/shell/admin/units' });
  const navigate = useNavigate({ from: '/admin/units' });
  const [mayLook, mayChange] = [me?.actions.includes('see_people') ?? false, me?.actions.includes('manage_people') ?? false];
  const units = useUnits(mayLook);
  const change = (more: Partial<Record<keyof UnitsSearch, unknown>>) =>
    void navigate({ search: (before) => ({ ...before, ...more }) as UnitsSearch, replace: true });
  if (me && !mayLook) return <NotYourDuty whose={t('duty.people')} />;
  if (units.error && !units.data) return <PageFailure error={units.error} onRetry={() => void units.refetch()} />;
  const all = units.data ?? [];
  const shown = found(all, q, closed);
  return (
    <>
      <div className={classes['head']}>
        <Title order={1}>{t('units.title')}</Title>
        {mayChange && all.length > 0 && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => change({ open: 'new', under: undefined })}>{t('units.new')}</Button>
        )}
      </div>
      <div className={classes['filters']}>
        <SearchField label={t('units.search')} value={q} onSearch={(text) => change({ q: text || undefined })} />
        <Checkbox label={t('units.closed_too')} checked={closed} pb={8} onChange={(event) => change({ closed: event.currentTarget.checked || undefined })} />
      </div>
      {!units.data && <Skeleton height={280} />}
      {units.data && all.length === 0 && (
        <NothingYet text={t('units.none')}>
          {mayChange && <Button onClick={() => change({ open: 'new', under: undefined })}>{t('units.first')}</Button>}
        </NothingYet>
      )}
      {all.length > 0 && shown.length === 0 && <NothingFound onClear={() => change({ q: undefined })} />}
      <UnitTree branches={treeOf(shown)} mayChange={mayChange} label={t('units.title')}
        onOpen={(id) => change({ open: id, under: undefined })} onAdd={(id) => change({ open: 'new', under: id })} />
      {open && units.data && (
        <UnitPanel key={`${open}/${under ?? ''}`} unit={all.find((one) => one.id === open) ?? null} under={under} units={all}
          mayChange={mayChange} onClose={() => change({ open: undefined, under: undefined })} />
      )}
    </>
  );
}
