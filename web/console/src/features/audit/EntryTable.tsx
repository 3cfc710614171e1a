/** Entries, the newest first by their time: when, who, what, on what basis, with what outcome. */
import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Entry } from '@/api/audit';
import { dayAndTime } from '@/time/format';
import classes from './audit.module.css';
import { Frame, Open } from './Frame';
import { byTime } from './order';
import { useAuditWords } from './words';

export function EntryTable({ rows, onOpen }: { rows: Entry[]; onOpen: (number: number) => void }) {
  const { t, i18n } = useTranslation('audit');
  const words = useAuditWords();
  return (
    <Frame label={t('show.entries')} columns={['time', 'who', 'what', 'basis', 'outcome']}>
      {byTime(rows, (row) => row.at_us).map((row) => (
        <Table.Tr key={row.number}>
          <Table.Td><Open number={row.number} text={dayAndTime(row.at_us, i18n.language)} onOpen={onOpen} /></Table.Td>
          <Table.Td lang="tr">{row.actor.name || t('stranger')}<small>{row.actor.address}</small></Table.Td>
          <Table.Td>
            {words.act(row.act)}
            <small lang="tr">{[row.subject.words, words.mode(row.mode)].filter(Boolean).join(' · ')}</small>
          </Table.Td>
          <Table.Td lang="tr">{row.basis?.text ?? ''}</Table.Td>
          <Table.Td>{row.outcome !== 'ok' && <span className={classes['refused']}><span aria-hidden="true">◆</span> {words.outcome(row.outcome)}</span>}</Table.Td>
        </Table.Tr>
      ))}
    </Frame>
  );
}
