/** The record of a hold, by what it stands on. */
import type { Basis } from '@/api/holds';

export const RECORDS: Readonly<Record<Basis, 'P-05' | 'P-06'>> = { unwritten_request: 'P-05', pre_investigation: 'P-06' };
