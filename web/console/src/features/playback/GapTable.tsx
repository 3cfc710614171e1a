import { Button, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Camera } from '@/api/types';
import type { CameraTimeline, Gap, Recording } from './coverage';
import classes from './PlaybackDesk.module.css';
import { duration, moment } from './timeWords';
import { type Shown, endOf } from './zoom';

interface Props {
  cameras: readonly Camera[];
  timelines: readonly (CameraTimeline | null)[];
  shown: Shown;
  nowUs: number;
  zone: string;
  onSeek: (us: number) => void;
}

type Row = { camera: Camera } & ({ kind: 'recording'; item: Recording } | { kind: 'gap'; item: Gap });

const MOST_ROWS = 200;

/** The time line as a table: the same facts without the drawing. */
export function GapTable({ cameras, timelines, shown, nowUs, zone, onSeek }: Props) {
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
                <Table.Td>{row.item.start_us <= 0 ? '—' : duration((row.item.end_us ?? nowUs) - row.item.start_us, i18n.language)}</Table.Td>
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

function rowsOf(cameras: readonly Camera[], timelines: readonly (CameraTimeline | null)[], shown: Shown): Row[] {
  const isShown = ({ start_us, end_us }: { start_us: number; end_us: number | null }) =>
    start_us < endOf(shown) && (end_us === null || end_us > shown.startUs);
  const rows = cameras.flatMap((camera, index): Row[] => {
    const timeline = timelines[index];
    if (!timeline) return [];
    return [
      ...timeline.recordings.filter(isShown).map((item) => ({ camera, kind: 'recording' as const, item })),
      ...timeline.gaps.filter(isShown).map((item) => ({ camera, kind: 'gap' as const, item })),
    ];
  });
  return rows.sort((left, right) => left.item.start_us - right.item.start_us || left.camera.number - right.camera.number);
}
