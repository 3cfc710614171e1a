/** The register of incoming letters: each with its file, with what was asked for by it. */
import { call } from './client';
import { type Letter, useFootageAct } from './footage';
import type { components } from './schema';

type Schemas = components['schemas'];
export type { Letter };
export type LetterBody = Schemas['LetterBody'];
export type LetterChange = Schemas['LetterCorrectionBody'];
export type Sender = Letter['sender'];

export const SENDERS: readonly Sender[] = ['authority', 'unit', 'other'];

/** Answers the letter, and those that came before with the same number, date and sender. */
export const useAddLetter = () => useFootageAct((body: LetterBody) => call('post', '/letters', { body }));
export const useChangeLetter = (letter_id: string) => useFootageAct((body: LetterChange) => call('put', '/letters/{letter_id}', { path: { letter_id }, body }));
