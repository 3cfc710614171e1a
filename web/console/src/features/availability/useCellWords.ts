/** How columns and cells of the matrix are said. */
import { useTranslation } from 'react-i18next';
import { duration } from '@/time/timeWords';
import { clockTime, dayOf } from '@/time/format';
import { amountOf, type Cell, type Column, holesIn, percentOf, type Row } from './matrix';

export function useCellWords() {
  const { t, i18n } = useTranslation('availability');
  const { t: playback } = useTranslation('playback');
  const language = i18n.language;
  const causeWord = (cause: string): string => playback(`cause.${cause}.word`, cause);

  /** `19.11.2026`, by the hour `19.11.2026 14:00`. */
  const columnWords = ({ start_us }: Column, byHour: boolean): string =>
    byHour ? `${dayOf(start_us, language)} ${clockTime(start_us, language).slice(0, 5)}` : dayOf(start_us, language);

  /** `Kamera 127 · Kapı, 19.11.2026, yüzde 96, 1 boşluk: ağ, 57 dk`. */
  const cellWords = (name: string, row: Row, column: Column | undefined, cell: Cell | null): string => {
    const time = column ? columnWords(column, column.end_us - column.start_us <= 3_600_000_000) : '';
    if (!cell) return [name, time, t('not_asked')].join(', ');
    const amount = amountOf(cell, row.isLiveOnly);
    const holes = amount === 'live' ? [] : holesIn(cell, row.missing);
    const first = holes[0];
    const gaps = first ? `${t('holes', { count: holes.length })}: ${causeWord(first.cause)}, ${duration(first.end_us - first.start_us, language)}` : '';
    const said = amount === 'partial' ? t('percent', { percent: percentOf(cell) }) : t(`amount.${amount}`);
    return [name, time, said, gaps, cell.is_moved ? t('moved') : '', cell.is_outside ? t('outside') : ''].filter((part) => part !== '').join(', ');
  };

  return { causeWord, columnWords, cellWords };
}
