import { Button, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Camera } from '@/api/types';
import type { CameraTimeline } from './coverage';
import classes from './PlaybackDesk.module.css';
import { type Row, rowsOf } from './tableRows';
import { duration, moment } from '@/time/timeWords';
import type { Shown } from './zoom';

interface Props {
  cameras: readonly Camera[];
  timelines: readonly (CameraTimeline | null)[];
  shown: Shown;
  zone: string;
  onSeek: (us: number) => void;
}

const MOST_ROWS = 200;

/** The time line as a table: the same facts without the drawing. */
export function GapTable({ cameras, timelines, shown, zone, onSeek }: Props) {
  const { t, i18n } = useTranslation('playback');
  const rows = rowsOf(cameras, timelines, shown);
  const until = (row: Row) => (row.item.end_us === null ? t('table.goes_on') : moment(row.item.end_us, i18n.language, zone));

  return (
    <details className={classes['table']}>
      <summary>{t('table.title')}</summary>
      <Table.ScrollContainer minWidth={560} maxHeight={320}>
        <Table stickyHeader aria-label={t('table.title')}>
          <Table.Thead>
            <Table.Tr>
              {(['camera', 'what', 'from', 'until', 'length', 'go'] as const).map((name) => (
                <Table.Th key={name}>{t(`table.${name}`)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.slice(0, MOST_ROWS).map((row) => (
              <Table.Tr key={`${row.camera.id}/${row.kind}/${row.item.start_us}`}>
                <Table.Td>{row.camera.number}</Table.Td>
                <Table.Td>
                  {row.kind === 'recording' ? t('table.recorded') : t('table.gap', { cause: t(`cause.${row.item.cause}.word`, row.item.cause) })}
                </Table.Td>
                <Table.Td>{row.item.start_us <= 0 ? '—' : moment(row.item.start_us, i18n.language, zone)}</Table.Td>
                <Table.Td>{until(row)}</Table.Td>
                <Table.Td>{row.lengthUs === null ? '—' : duration(row.lengthUs, i18n.language)}</Table.Td>
                <Table.Td>
                  <Button size="compact-sm" variant="default" onClick={() => onSeek(Math.max(row.item.start_us, shown.startUs))}>
                    {t('table.go_there')}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {rows.length === 0 && <p>{t('table.empty')}</p>}
      {rows.length > MOST_ROWS && <p>{t('table.more', { count: rows.length - MOST_ROWS })}</p>}
    </details>
  );
}
