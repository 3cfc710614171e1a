/** The gaps of one cell with their causes; Escape leads back to the cell. */
import { Button, Group, Table, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { duration, moment } from '@/time/timeWords';
import { isLeaving } from '@/state/leaving';
import { zoneStore } from '@/time/format';
import { amountOf, type Cell, holesIn, type Row, stoodIn } from './matrix';
import { useCellWords } from './useCellWords';
import classes from './matrix.module.css';

type Props = { cell: Cell; row: Row; name: string; onClose: () => void };

export function GapList({ cell, row, name, onClose }: Props) {
  const { t, i18n } = useTranslation('availability');
  const { causeWord, cellWords } = useCellWords();
  const place = useRef<HTMLElement>(null);
  const holes = holesIn(cell, row.missing);
  const amount = amountOf(cell, row.isLiveOnly);
  const time = (at_us: number) => moment(at_us, i18n.language, zoneStore.get());
  useEffect(() => place.current?.focus(), [cell]);
  return (
    <section ref={place} tabIndex={-1} className={classes['gaps']} aria-label={cellWords(name, row, cell, cell)} onKeyDown={(event) => isLeaving(event) && onClose()}>
      <Group justify="space-between" align="start">
        <Title order={3} lang="tr">{name}</Title>
        <Button size="xs" variant="default" onClick={onClose}>{t('close')}</Button>
      </Group>
      <Text size="sm">{time(cell.start_us)} – {time(cell.end_us)}</Text>
      <Text size="sm">
        {stoodIn(cell, row.placements).map((one) => (
          <span key={one.from_us} className={classes['stood']}>
            <span lang="tr">{one.number} · {one.name}{one.site && `, ${one.site}`}</span>
            {cell.is_moved && ` — ${t('since', { time: time(one.from_us) })}`}
          </span>
        ))}
      </Text>
      {amount === 'live' && <Text size="sm">{t('live_only')}</Text>}
      {amount !== 'live' && holes.length === 0 && <Text size="sm">{t(amount === 'writing' ? 'still_written' : cell.holes > 0 ? 'gaps_unlisted' : 'no_gaps')}</Text>}
      {amount !== 'live' && holes.length > 0 && (
        <Table aria-label={t('gaps')}>
          <Table.Thead>
            <Table.Tr>{(['from', 'until', 'length', 'cause'] as const).map((column) => <Table.Th key={column}>{t(`column.${column}`)}</Table.Th>)}</Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {holes.map((hole) => (
              <Table.Tr key={`${hole.start_us}/${hole.cause}`}>
                <Table.Td>{time(hole.start_us)}</Table.Td>
                <Table.Td>{time(hole.end_us)}</Table.Td>
                <Table.Td>{duration(hole.end_us - hole.start_us, i18n.language)}</Table.Td>
                <Table.Td>{causeWord(hole.cause)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}
