/** A law as it is quoted, in the reader's language. */
import type { Law } from '@/api/service';

export const lawWords = ({ no, name_tr, name_en }: Law, language: string): string => (language === 'tr' ? `${no} sayılı ${name_tr}` : `${name_en} (no. ${no})`);
