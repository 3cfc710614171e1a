/** e-Yazışma packages (.eyp), in which letters come: no browser knows their type. */
import { useMutation } from '@tanstack/react-query';
import { call } from './client';
import type { components } from './schema';

export type LetterPackage = components['schemas']['PackageRow'];

export const EYP = 'application/eyazisma';

export const isPackage = (file: Pick<File, 'name'>): boolean => /\.eyp$/i.test(file.name);

/** A chosen file as it is sent: a package under its own type. */
export const typed = (file: File): Blob => (isPackage(file) ? file.slice(0, file.size, EYP) : file);

/** What a package says of its letter; nothing of it is kept. */
export const useReadPackage = () => useMutation({ mutationFn: (file: File) => call('post', '/letters/package', { file: typed(file) }) });
