/** Who is offered to cancel a paper; the server decides again. */
import type { Paper } from '@/api/papers';
import type { Me } from '@/api/types';

const COUNTS: readonly Paper['state'][] = ['draft', 'issued', 'signed'];

export const mayCancel = (paper: Pick<Paper, 'state'>, me: Pick<Me, 'actions'> | null | undefined): boolean =>
  COUNTS.includes(paper.state) && (me?.actions.includes('issue_document') ?? false);
