/** `/cameras`: every camera there is or was, found by where it stands or stood. */
import { Skeleton, Table, Text, Title } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCameraRegister } from '@/api/camera-register';
import { useMe } from '@/api/session';
import { PageFailure } from '@/ui/PageState';
import { NothingFound, NothingYet, NotYourDuty } from '@/ui/ListState';
import { SearchField } from '@/ui/SearchField';
import classes from '@/ui/papers.module.css';
import { PaperTable } from '@/ui/PaperTable';
import { foundBy, isFound } from '@/state/find-camera';
import { dayOf } from '@/time/format';

export function CamerasPage() {
  const { t } = useTranslation('cameras');
  const me = useMe();
  const mayLook = me?.actions.includes('see_health') ?? false;
  return <div className={classes['page']}>{me && !mayLook ? <NotYourDuty whose={t('whose')} /> : <Register />}</div>;
}

function Register() {
  const { t, i18n } = useTranslation('cameras');
  const { q = '' } = useSearch({ from: '/signed-in/shell/cameras' });
  const navigate = useNavigate({ from: '/cameras' });
  const put = (text: string) => void navigate({ search: text ? { q: text } : {}, replace: true });
  const register = useCameraRegister(true);
  if (register.error && !register.data) return <PageFailure error={register.error} onRetry={() => void register.refetch()} />;
  const found = (register.data ?? []).filter((one) => isFound(one, q));
  return (
    <>
      <Title order={1}>{t('title')}</Title>
      <Text c="dimmed" mb="md">{t('hint')}</Text>
      <SearchField label={t('search')} value={q} onSearch={put} />
      {!register.data && <Skeleton height={280} mt="md" />}
      {register.data && <Text size="sm" c="dimmed" my="xs" role="status">{t('count', { count: found.length })}</Text>}
      {register.data?.length === 0 && <NothingYet text={t('none')} />}
      {register.data && register.data.length > 0 && found.length === 0 && <NothingFound onClear={() => put('')} />}
      {found.length > 0 && (
        <PaperTable label={t('title')} head={(['number', 'name', 'site', 'kind'] as const).map((name) => t(`column.${name}`))}>
          {found.map((one) => {
            const former = foundBy(one, q);
            return (
              <Table.Tr key={one.id}>
                <Table.Td data-label={t('column.number')}>{one.number}</Table.Td>
                <Table.Td data-label={t('column.name')} lang="tr">
                  <Link to="/cameras/$id" params={{ id: one.id }} className={classes['name']}>{one.name}</Link>
                </Table.Td>
                <Table.Td data-label={t('column.site')}>
                  <span lang="tr">{one.site || '—'}</span>
                  {former && <small>{t('was', { place: `${former.number} · ${former.name}${former.site ? `, ${former.site}` : ''}`, until: dayOf(former.until_us ?? former.from_us, i18n.language) })}</small>}
                  {!former && one.former.length > 0 && <small>{t('former', { count: one.former.length })}</small>}
                </Table.Td>
                <Table.Td data-label={t('column.kind')}>
                  {t(`kind.${one.kind}`)}
                  {one.retired_us !== null && <small>{t('retired', { on: dayOf(one.retired_us, i18n.language) })}</small>}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </PaperTable>
      )}
    </>
  );
}
