/** Letters that are in the register already with the same number, date and sender: one may come twice. */
import type { Letter } from '@/api/footage';
import { fold } from '@/state/fold';
import type { Draft } from './draft';

/** The numbers under which they are there. */
export function twinsOf({ letterNo, letterOn, sender }: Pick<Draft, 'letterNo' | 'letterOn' | 'sender'>, letters: readonly Pick<Letter, 'number' | 'no' | 'on' | 'sender_name'>[]): number[] {
  if (letterNo.trim() === '' || letterOn === '' || sender.trim() === '') return [];
  return letters.filter((one) => one.no === letterNo.trim() && one.on === letterOn && fold(one.sender_name) === fold(sender)).map((one) => one.number);
}
