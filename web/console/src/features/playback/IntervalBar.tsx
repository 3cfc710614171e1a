import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './IntervalBar.module.css';
import { type Interval, isMarked } from './interval';
import { intervalWords } from '@/time/timeWords';

interface Props {
  marked: Interval;
  zone: string;
  onClear: () => void;
}

/** The marked interval as text for a letter or a report: its ends, its length. */
export function IntervalBar({ marked, zone, onClear }: Props) {
  const { t, i18n } = useTranslation('playback');
  const { start, end, length } = intervalWords(marked, i18n.language, zone);
  const isWhole = start !== null && end !== null;
  const words = isWhole ? t('interval.whole', { start, end, length }) : start !== null ? t('interval.from', { start }) : end !== null ? t('interval.until', { end }) : '';
  return (
    <div className={classes['bar']} data-marked={isMarked(marked) || undefined}>
      <p className={classes['words']} role="status">
        {words}
      </p>
      {isMarked(marked) && (
        <Button size="compact-sm" variant="default" onClick={onClear}>
          {t('interval.clear')}
        </Button>
      )}
    </div>
  );
}
