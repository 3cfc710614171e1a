/** A list of papers: a table in a frame of its own, cards one below the other where a row has no room. */
import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { ScrollFrame } from '@/theme/ScrollFrame';
import classes from './papers.module.css';

const LEAST_PX = 640;

/** `head`: what the columns are called; each cell says its own in `data-label`, for the card. */
type Props = { label: string; head?: readonly string[]; children: ReactNode };

export function PaperTable({ label, head, children }: Props) {
  return (
    <ScrollFrame label={label} leastPx={LEAST_PX} hasCards>
      <Table highlightOnHover highlightOnHoverColor="var(--nz-raised)" verticalSpacing="sm" className={classes['cards']}>
        {head && (
          <Table.Thead>
            <Table.Tr>{head.map((name) => <Table.Th key={name}>{name}</Table.Th>)}</Table.Tr>
          </Table.Thead>
        )}
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </ScrollFrame>
  );
}
