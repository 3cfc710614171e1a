import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ScrollFrame } from '@/theme/ScrollFrame';
import { dayAndTime, decimal } from '@/time/format';
import { DayStrip } from './DayStrip';
import type { CameraHealth } from './health';
import { troublesOf } from './exceptions';
import classes from './health.module.css';

interface Props {
  cameras: readonly CameraHealth[];
  dayStartUs: number;
  nowUs: number;
}

/** Every camera with its figures; folded away, because most days nobody needs it. */
export function CameraTable({ cameras, dayStartUs, nowUs }: Props) {
  const { t, i18n } = useTranslation('health');
  if (cameras.length === 0) return null;
  const state = (camera: CameraHealth) => {
    const trouble = troublesOf(camera)[0];
    return trouble && trouble !== 'below_minimum' ? t(`trouble.${trouble}`) : t(`state.${camera.state}`);
  };
  // Without the addition a small negative figure would be written as "−0,0".
  const figure = (value: number | null, digits: number) =>
    value === null ? '—' : decimal(Number(value.toFixed(digits)) + 0, i18n.language, digits);
  return (
    <details className={classes['details']}>
      <summary>{t('cameras', { count: cameras.length })}</summary>
      <ScrollFrame label={t('cameras', { count: cameras.length })} leastPx={820}>
        <Table aria-label={t('cameras', { count: cameras.length })}>
          <Table.Thead>
            <Table.Tr>
              {(['number', 'name', 'state', 'day', 'rate', 'frames', 'oldest', 'offset'] as const).map((column) => (
                <Table.Th key={column}>{t(`column.${column}`)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody className="nz-number">
            {cameras.map((camera) => (
              <Table.Tr key={camera.id}>
                <Table.Td>{camera.number}</Table.Td>
                <Table.Td lang="tr">{camera.name}</Table.Td>
                <Table.Td>{state(camera)}</Table.Td>
                <Table.Td>
                  <DayStrip gaps={camera.gaps} dayStartUs={dayStartUs} nowUs={nowUs} />
                </Table.Td>
                <Table.Td>{figure(camera.bits_per_s === null ? null : camera.bits_per_s / 1e6, 1)}</Table.Td>
                <Table.Td>{figure(camera.frames_per_s, 0)}</Table.Td>
                <Table.Td>{camera.oldest_us === null ? '—' : dayAndTime(camera.oldest_us, i18n.language)}</Table.Td>
                <Table.Td>{figure(camera.clock_offset_us === null ? null : camera.clock_offset_us / 1e6, 1)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollFrame>
    </details>
  );
}
