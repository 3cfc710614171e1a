/** What each page of the registration is given. */
import type { RequestChoices } from '@/api/footage';
import type { Draft } from './draft';

/** `at`: what is wrong with a field, in words. `units`: names of own units. */
export type PageProps = {
  draft: Draft;
  set: (more: Partial<Draft>) => void;
  at: (field: string) => string | null;
  choices: RequestChoices;
  units: readonly string[];
  file: File | null;
  setFile: (file: File | null) => void;
};
