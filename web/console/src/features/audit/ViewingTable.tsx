/** Who watched what: one row for each watching of one camera by one person. */
import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Viewing } from '@/api/audit';
import { clockTime, dayAndTime, dayOf } from '@/time/format';
import { Frame, Open } from './Frame';
import { byTime } from './order';
import { useAuditWords } from './words';

export function ViewingTable({ rows, onOpen }: { rows: Viewing[]; onOpen: (number: number) => void }) {
  const { t } = useTranslation('audit');
  const words = useAuditWords();
  const span = useSpanWords();
  return (
    <Frame label={t('show.viewings')} columns={['time', 'who', 'camera', 'basis', 'end']}>
      {byTime(rows, (row) => row.opened_us).map((row) => (
        <Table.Tr key={row.number}>
          <Table.Td><Open number={row.number} text={span(row.opened_us, row.ended_us)} onOpen={onOpen} /></Table.Td>
          <Table.Td lang="tr">{row.actor.name}<small>{row.actor.address}</small></Table.Td>
          <Table.Td>
            <span lang="tr">{row.subject.words || t('unknown_camera')}</span>
            <small>
              {words.mode(row.mode)}
              {row.mode === 'playback' && row.from_us !== null && ` · ${t('pictures_of', { span: span(row.from_us, row.until_us) })}`}
            </small>
          </Table.Td>
          <Table.Td lang="tr">{row.basis?.text ?? ''}</Table.Td>
          <Table.Td>{row.ended_us === null ? t('goes_on') : words.why(row.why ?? '')}</Table.Td>
        </Table.Tr>
      ))}
    </Frame>
  );
}

/** `28.11.2026 14:05:30 – 14:07:12`; the day again only where it is another. */
export function useSpanWords(): (from_us: number, until_us: number | null) => string {
  const { i18n } = useTranslation('audit');
  const language = i18n.language;
  return (from_us, until_us) => {
    const from = dayAndTime(from_us, language);
    if (until_us === null) return `${from} –`;
    const isSameDay = dayOf(from_us, language) === dayOf(until_us, language);
    return `${from} – ${isSameDay ? clockTime(until_us, language) : dayAndTime(until_us, language)}`;
  };
}
