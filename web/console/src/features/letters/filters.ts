/** Which letters the register shows. */
import type { Letter } from '@/api/letters';
import { fold } from '@/state/fold';
import type { LettersSearch, Shown } from './search';

type Listed = Pick<Letter, 'number' | 'sender' | 'sender_name' | 'no' | 'subject' | 'ebys_no' | 'is_ebys_pending' | 'file' | 'requests'>;

const FITS: Record<Shown, (letter: Listed) => boolean> = {
  all: () => true,
  no_file: (letter) => letter.file === null,
  ebys_pending: (letter) => letter.is_ebys_pending,
  // Of an authority's or an own unit's letter a request is expected; what else comes may ask for nothing.
  no_request: (letter) => letter.sender !== 'other' && letter.requests.length === 0,
};

/** By what is written on it, by its number in the register, by the number of what was asked for. */
export function shownLetters<One extends Listed>(letters: readonly One[], { show = 'all', search = '' }: LettersSearch): One[] {
  const words = fold(search);
  const says = ({ number, sender_name, no, subject, ebys_no, requests }: Listed) =>
    fold([number, sender_name, no, subject, ebys_no, ...requests.map((one) => one.number)].join(' ')).includes(words);
  return letters.filter((letter) => FITS[show](letter) && says(letter));
}
