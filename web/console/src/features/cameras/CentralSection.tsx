/** When a camera of another unit was, is or will be recorded by this server: ordered here, ended early here. */
import { Box, Button, Group, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CameraHistory } from '@/api/camera-register';
import { type CentralRecording, useCentralRecordings, useEndCentralRecording } from '@/api/central-recordings';
import { PaperTable } from '@/ui/PaperTable';
import { ReasonForm } from '@/ui/ReasonForm';
import { moment } from '@/time/timeWords';
import { dayAndTime, zoneStore } from '@/time/format';
import { CentralForm } from './CentralForm';

const HEAD = ['reason', 'from', 'until', 'state', 'noted'] as const;

export function CentralSection({ camera, mayChange }: { camera: CameraHistory; mayChange: boolean }) {
  const { t } = useTranslation('cameras');
  const [isOrdering, setOrdering] = useState(false);
  const [ending, setEnding] = useState<CentralRecording | null>(null);
  const end = useEndCentralRecording();
  const known = useCentralRecordings(camera.id).data;
  const rows = known?.recordings ?? [];
  if (!known || (camera.kind === 'city_view' && rows.length === 0)) return null;
  const canOrder = mayChange && camera.kind === 'security' && camera.retired_us === null;
  const isOpen = (one: CentralRecording) => one.state === 'current' || one.state === 'to_come';
  const leave = () => { end.reset(); setEnding(null); };
  return (
    <section>
      <Group justify="space-between" align="start">
        <Title order={2}>{t('central.title')}</Title>
        {canOrder && !isOrdering && !ending && <Button variant="default" onClick={() => setOrdering(true)}>{t('central.order')}</Button>}
      </Group>
      <Text size="sm" c="dimmed">{t(known.is_recorded ? 'central.switch_on' : 'central.switch_off')}</Text>
      <Box mb="md">
        {isOrdering && <CentralForm cameraId={camera.id} onDone={() => setOrdering(false)} />}
        {ending && (
          <ReasonForm key={ending.id} title={t('central.end')} warning={t('central.end_says', { reason: ending.reason })} most={500} isPending={end.isPending} error={end.error} onCancel={leave}
            onSend={(why) => end.mutate({ id: camera.id, recording: ending.id, why }, { onSuccess: leave })} />
        )}
      </Box>
      {rows.length > 0 && (
        <PaperTable label={t('central.title')} head={[...HEAD.map((name) => t(`central.column.${name}`)), ...(canOrder ? [t('column.act')] : [])]}>
          {rows.map((one) => (
            <CentralRow key={one.id} one={one} hasActs={canOrder} onEnd={canOrder && isOpen(one) ? () => { setOrdering(false); setEnding(one); } : null} />
          ))}
        </PaperTable>
      )}
    </section>
  );
}

function CentralRow({ one, hasActs, onEnd }: { one: CentralRecording; hasActs: boolean; onEnd: (() => void) | null }) {
  const { t, i18n } = useTranslation('cameras');
  const time = (at_us: number) => moment(at_us, i18n.language, zoneStore.get());
  return (
    <Table.Tr>
      <Table.Td data-label={t('central.column.reason')} lang="tr">{one.reason}</Table.Td>
      <Table.Td data-label={t('central.column.from')}>{time(one.from_us)}</Table.Td>
      <Table.Td data-label={t('central.column.until')}>{time(one.until_us)}</Table.Td>
      <Table.Td data-label={t('central.column.state')}>
        {t(`central.state.${one.state}`)}
        {one.ended_us !== null && <small>{t('central.ended', { at: time(one.ended_us) })}: <span lang="tr">{one.end_reason || t('central.with_camera')}</span></small>}
        {one.ended_us !== null && <small lang="tr">{one.ended_by}</small>}
      </Table.Td>
      <Table.Td data-label={t('central.column.noted')}>
        <span lang="tr">{one.ordered_by}</span>
        <small>{dayAndTime(one.ordered_us, i18n.language)}</small>
      </Table.Td>
      {hasActs && (
        <Table.Td>
          {onEnd && <Button size="xs" variant="default" aria-label={t('central.end_named', { reason: one.reason })} onClick={onEnd}>{t('central.end')}</Button>}
        </Table.Td>
      )}
    </Table.Tr>
  );
}
