/** What is made of a case's footage: packages, their delivery, the papers of the case. */
import { type Delivery, useDelivery, useRecords } from '@/api/deliveries';
import { type ExportRow, useExports } from '@/api/exports';
import type { RequestDetail } from '@/api/footage';
import type { Paper } from '@/api/papers';
import type { Work } from './tasks';

export type CaseWork = { packages: readonly ExportRow[]; delivery: Delivery | null; records: readonly Paper[]; error: unknown; work: Work };

/** Before anybody looked for its footage there is none of it. */
export function useWork({ id, searched_us, is_shortfall_recorded: hasUnreached }: Pick<RequestDetail, 'id' | 'searched_us' | 'is_shortfall_recorded'>): CaseWork {
  const isWanted = searched_us !== null;
  const exports = useExports(id, isWanted);
  const found = useDelivery(id, isWanted);
  const papers = useRecords(id);
  const [packages, delivery, records] = [exports.data ?? [], found.data ?? null, papers.data ?? []];
  return { packages, delivery, records, error: exports.error ?? found.error ?? papers.error, work: { packages, delivery, hasUnreached } };
}
