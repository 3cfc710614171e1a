/** The frame of both tables, with the way from a row to all that is known of it. */
import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '@/state/store';
import { ScrollFrame } from '@/theme/ScrollFrame';
import { zoneStore } from '@/time/format';
import classes from './audit.module.css';

type Props = { label: string; columns: readonly string[]; children: ReactNode };

/** The first column is the time, in the zone that its head names. */
export function Frame({ label, columns, children }: Props) {
  const { t } = useTranslation('audit');
  const zone = useStore(zoneStore);
  return (
    <ScrollFrame label={label} leastPx={820} hasCards>
      <Table className={classes['table']} verticalSpacing="xs" highlightOnHover highlightOnHoverColor="var(--nz-raised)">
        <Table.Thead>
          <Table.Tr>{columns.map((name) => <Table.Th key={name}>{t(`column.${name}`)}{name === 'time' && <small> {zone}</small>}</Table.Th>)}</Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </ScrollFrame>
  );
}

export function Open({ number, text, onOpen }: { number: number; text: string; onOpen: (number: number) => void }) {
  const { t } = useTranslation('audit');
  return (
    <button type="button" className={classes['open']} onClick={() => onOpen(number)}>
      {text}
      <small>{t('number', { number })}</small>
    </button>
  );
}
