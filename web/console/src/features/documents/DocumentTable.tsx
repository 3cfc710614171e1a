/** Documents, the newest first: number, what it is, where it stands, when it was issued by whom. */
import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DocumentRow } from '@/api/documents';
import { PaperTable } from '@/ui/PaperTable';
import { PaperState } from '@/features/papers/PaperState';
import { dayOf } from '@/time/format';
import classes from './documents.module.css';

const COLUMNS = ['number', 'paper', 'state', 'issued'] as const;

export function DocumentTable({ rows, onOpen }: { rows: DocumentRow[]; onOpen: (id: string) => void }) {
  const { t } = useTranslation('documents');
  return (
    <PaperTable label={t('title')} head={COLUMNS.map((name) => t(`column.${name}`))}>
      {rows.map((row) => <Line key={row.id} row={row} onOpen={onOpen} />)}
    </PaperTable>
  );
}

function Line({ row, onOpen }: { row: DocumentRow; onOpen: (id: string) => void }) {
  const { t, i18n } = useTranslation('documents');
  const { t: paper } = useTranslation('papers');
  const at_us = row.issued_us ?? row.created_us;
  return (
    <Table.Tr data-over={row.state === 'superseded' || row.state === 'cancelled'} className={classes['row'] ?? ''}>
      <Table.Td>
        <button type="button" className={classes['open']} data-row={row.id} onClick={() => onOpen(row.id)}>
          {row.number || t('draft')}
          {row.version > 1 && <small>{paper('version', { version: row.version })}</small>}
        </button>
      </Table.Td>
      <Table.Td data-label={t('column.paper')}>
        {paper(`kind.${row.kind}`)}
        {row.title !== row.kind_title && <small lang="tr">{row.title}</small>}
      </Table.Td>
      <Table.Td data-label={t('column.state')}>
        <PaperState state={row.state} signature_kind={row.signed?.signature_kind ?? null} awaits_initials_of={row.awaits_initials_of} />
        {row.may_initial && <small>{t('initials.yours')}</small>}
      </Table.Td>
      <Table.Td data-label={t('column.issued')}>
        {dayOf(at_us, i18n.language)}
        <small lang="tr">{row.issued_by || row.created_by}</small>
      </Table.Td>
    </Table.Tr>
  );
}
