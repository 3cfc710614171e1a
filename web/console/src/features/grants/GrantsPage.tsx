/** `/grants`: viewing authority by Olur, with the days that are left and what each waits for. */
import { Button, Group, SegmentedControl, Table, Text, Title } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Grant, unrenewedCsv, useGrants } from '@/api/authority';
import { useMe } from '@/api/session';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { SearchField } from '@/ui/SearchField';
import { fold } from '@/state/fold';
import { IconPlus } from '@/theme/icons';
import { DaysLeft } from '@/ui/DaysLeft';
import { PaperTable } from '@/ui/PaperTable';
import type { GrantsSearch } from './search';
import { StateMark } from '@/ui/StateMark';
import classes from '@/ui/papers.module.css';

const WAITING = ['draft', 'awaiting_nda', 'awaiting_activation'];
const FILTERS: Record<NonNullable<GrantsSearch['show']>, (grant: Grant) => boolean> = {
  active: (grant) => grant.state === 'active' || grant.state === 'suspended',
  waiting: (grant) => WAITING.includes(grant.state),
  ending: (grant) => grant.reminder !== null && !grant.is_renewal_prepared,
  unrenewed: (grant) => grant.is_unrenewed,
  all: () => true,
};

const COLUMNS = ['no', 'person', 'olur', 'sees', 'state', 'left'] as const;

export function GrantsPage() {
  const { t } = useTranslation('authority');
  const me = useMe();
  const { show = 'active', search = '' }: GrantsSearch = useSearch({ from: '/signed-in/shell/grants' });
  const navigate = useNavigate({ from: '/grants' });
  const grants = useGrants();
  if (grants.error && !grants.data) return <PageFailure error={grants.error} onRetry={() => void grants.refetch()} />;
  if (!grants.data) return <PageLoading />;
  const all = grants.data;
  const shown = all.filter((one) => FILTERS[show](one) && fold(`${one.person_name} ${one.account_name} ${one.olur_no} ${one.unit_name}`).includes(fold(search)));
  const set = (more: GrantsSearch) => void navigate({ search: { show, search, ...more }, replace: true });
  const label = (name: keyof typeof FILTERS) => `${t(`filter.${name}`)} (${all.filter(FILTERS[name]).length})`;

  return (
    <div className={classes['page']}>
      <Group justify="space-between">
        <Title order={1}>{t('grants')}</Title>
        <Group className={classes['unprinted']}>
          <Button component={Link} to="/agreements" variant="default">{t('agreements')}</Button>
          {me?.actions.includes('enter_grant') && (
            <Button component={Link} to="/grants/new" leftSection={<IconPlus size={16} />}>{t('apply')}</Button>
          )}
        </Group>
      </Group>
      <Group my="md" align="end" className={classes['unprinted']}>
        <SegmentedControl className={classes['filters']} aria-label={t('filter.label')} value={show} onChange={(value) => set({ show: value })}
          data={(Object.keys(FILTERS) as (keyof typeof FILTERS)[]).map((value) => ({ value, label: label(value) }))} />
        <SearchField label={t('filter.search')} value={search} onSearch={(text) => set({ search: text })} />
      </Group>
      {show === 'unrenewed' && <Unrenewed isEmpty={shown.length === 0} />}
      {shown.length === 0 ? (
        <Empty hasAny={all.length > 0} onClear={() => set({ show: 'all', search: '' })} />
      ) : (
        <PaperTable label={t('grants')} head={COLUMNS.map((name) => t(`column.${name}`))}>
          {shown.map((grant) => <Row key={grant.id} grant={grant} />)}
        </PaperTable>
      )}
    </div>
  );
}

function Row({ grant }: { grant: Grant }) {
  const { t } = useTranslation('authority');
  return (
    <Table.Tr>
      <Table.Td data-label={t('column.no')}>{grant.number}</Table.Td>
      <Table.Td data-label={t('column.person')}>
        <Link to="/grants/$id" params={{ id: grant.id }} className={classes['name']} lang="tr">{grant.person_name}</Link>
        <small lang="tr">{grant.unit_name} · {grant.account_name}</small>
      </Table.Td>
      <Table.Td data-label={t('column.olur')}>{grant.olur_no || '—'}</Table.Td>
      <Table.Td data-label={t('column.sees')}>
        {t(modesOf(grant))}
        <small>{t('camera_count', { count: grant.cameras })}</small>
      </Table.Td>
      <Table.Td data-label={t('column.state')}>
        <StateMark state={grant.state} />
        {grant.missing.map((code) => <small key={code}>{t(`missing.${code}`)}</small>)}
        {grant.is_renewal_prepared && <small>{t('renewal_prepared')}</small>}
      </Table.Td>
      <Table.Td data-label={t('column.left')}><DaysLeft days={grant.days_left} until_us={grant.until_us} /></Table.Td>
    </Table.Tr>
  );
}

export const modesOf = ({ is_live, is_playback }: { is_live: boolean; is_playback: boolean }): string =>
  is_live && is_playback ? 'mode.both' : is_live ? 'mode.live' : 'mode.playback';

/** The report of what ran out because nobody applied (D-11.5d): on paper, or for a spreadsheet. */
function Unrenewed({ isEmpty }: { isEmpty: boolean }) {
  const { t } = useTranslation('authority');
  return (
    <Group justify="space-between" mb="md">
      <Text size="sm" c="dimmed">{t('unrenewed')}</Text>
      {!isEmpty && (
        <Group className={classes['unprinted']}>
          <Button variant="default" onClick={() => window.print()}>{t('print')}</Button>
          <Button component="a" variant="default" href={unrenewedCsv} download="unrenewed.csv">{t('csv')}</Button>
        </Group>
      )}
    </Group>
  );
}

function Empty({ hasAny, onClear }: { hasAny: boolean; onClear: () => void }) {
  const { t } = useTranslation('authority');
  return (
    <Group p="xl" justify="center">
      <Text c="dimmed">{t(hasAny ? 'empty.hidden' : 'empty.grants')}</Text>
      {hasAny && <Button variant="default" size="xs" onClick={onClear}>{t('filter.clear')}</Button>}
    </Group>
  );
}
