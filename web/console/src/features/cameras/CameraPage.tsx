/** `/cameras/$id`: where a camera stands, where it stood before; a move or a correction is entered here. */
import { Alert, Button, Group, Table, Text, Title } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CameraHistory, type Placement, useCameraHistory } from '@/api/camera-register';
import { isAbsent } from '@/api/problem';
import { useMe } from '@/api/session';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { NothingYet, NotYourDuty } from '@/ui/ListState';
import classes from '@/ui/papers.module.css';
import { PaperTable } from '@/ui/PaperTable';
import { moment } from '@/time/timeWords';
import { dayAndTime, dayOf, zoneStore } from '@/time/format';
import { CentralSection } from './CentralSection';
import { CorrectForm } from './CorrectForm';
import { PlaceForm } from './PlaceForm';
import { PlaceWords } from './PlaceWords';

export function CameraPage() {
  const { t } = useTranslation('cameras');
  const { id } = useParams({ from: '/signed-in/shell/cameras/$id' });
  const me = useMe();
  const mayLook = me?.actions.includes('see_health') ?? false;
  const history = useCameraHistory(id, mayLook);
  if (me && !mayLook) return <div className={classes['page']}><NotYourDuty whose={t('whose')} /></div>;
  if (isAbsent(history.error)) return <div className={classes['page']}><NothingYet text={t('absent')}><Link to="/cameras">{t('title')}</Link></NothingYet></div>;
  if (history.error && !history.data) return <PageFailure error={history.error} onRetry={() => void history.refetch()} />;
  return history.data ? <Camera camera={history.data} mayChange={me?.actions.includes('manage_cameras') ?? false} /> : <PageLoading />;
}

function Camera({ camera, mayChange }: { camera: CameraHistory; mayChange: boolean }) {
  const { t, i18n } = useTranslation('cameras');
  const [placed, setPlaced] = useState<Placement | null>(null);
  const [corrected, setCorrected] = useState<Placement | null>(null);
  const isBusy = placed !== null || corrected !== null; // one form at a time: another one would take the place of what was typed
  const current = camera.placements.find((one) => one.until_us === null);
  const oldest = camera.placements.at(-1);
  return (
    <div className={classes['page']}>
      <Text component={Link} to="/cameras" size="sm" className={classes['link']}>{t('title')}</Text>
      <Group justify="space-between" align="start">
        <div>
          <Title order={1} lang="tr">{camera.number} · {camera.name}</Title>
          <Text c="dimmed"><span lang="tr">{camera.site || t('no_site')}</span> · {t(`kind.${camera.kind}`)}</Text>
        </div>
        {mayChange && current && !isBusy && <Button onClick={() => setPlaced(current)}>{t('change')}</Button>}
      </Group>
      {camera.retired_us !== null && <Alert color="gray" mt="sm">{t('retired', { on: dayOf(camera.retired_us, i18n.language) })}</Alert>}
      {placed && <PlaceForm camera={camera} current={placed} onDone={() => setPlaced(null)} />}
      {corrected && <CorrectForm camera={camera} placement={corrected} onDone={() => setCorrected(null)} />}
      <section>
        <Title order={2}>{t('history')}</Title>
        {oldest?.origin === 'adopted' && <Text size="sm" c="dimmed">{t('adopted')}</Text>}
        <PaperTable label={t('history')} head={(['place', 'from', 'until', 'noted', ...(mayChange ? (['act'] as const) : [])] as const).map((name) => t(`column.${name}`))}>
          {camera.placements.map((one) => <HistoryRow key={one.id} one={one} isBusy={isBusy} onCorrect={mayChange ? () => setCorrected(one) : null} />)}
        </PaperTable>
      </section>
      <CentralSection camera={camera} mayChange={mayChange} />
    </div>
  );
}

function HistoryRow({ one, isBusy, onCorrect }: { one: Placement; isBusy: boolean; onCorrect: (() => void) | null }) {
  const { t, i18n } = useTranslation('cameras');
  const time = (at_us: number) => moment(at_us, i18n.language, zoneStore.get());
  return (
    <Table.Tr>
      <Table.Td data-label={t('column.place')}><PlaceWords {...one} /></Table.Td>
      <Table.Td data-label={t('column.from')}>{time(one.from_us)}</Table.Td>
      <Table.Td data-label={t('column.until')}>{one.until_us === null ? t('now') : time(one.until_us)}</Table.Td>
      <Table.Td data-label={t('column.noted')}>
        {t(one.is_corrected ? 'corrected' : `origin.${one.origin}`)}
        {one.noted_by && <small><span lang="tr">{one.noted_by}</span>, {dayAndTime(one.noted_us, i18n.language)}</small>}
      </Table.Td>
      {onCorrect && (
        <Table.Td>
          <Button size="xs" variant="default" disabled={isBusy} aria-label={t('correct_named', { place: one.site || one.name })} onClick={onCorrect}>{t('correct')}</Button>
        </Table.Td>
      )}
    </Table.Tr>
  );
}
