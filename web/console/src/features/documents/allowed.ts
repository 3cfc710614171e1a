/** For whom the register is a place of work; everybody else finds their own papers in it. */
import type { Me } from '@/api/types';

export const mayFindDocuments = (me: Pick<Me, 'actions'> | null | undefined): boolean =>
  (me?.actions.includes('see_registers') || me?.actions.includes('issue_document')) ?? false;
