/** What each page of the registration is given. */
import type { Letter, RequestChoices } from '@/api/footage';
import type { Draft } from './draft';

/** `at`: what is wrong with a field, in words. `units`: names of own units. `letter`: registered already. */
export type PageProps = {
  draft: Draft;
  set: (more: Partial<Draft>) => void;
  at: (field: string) => string | null;
  choices: RequestChoices;
  units: readonly string[];
  letter: Letter | null;
  file: File | null;
  setFile: (file: File | null) => void;
};
