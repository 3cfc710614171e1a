/** The last minute of a right, told on the tile. */
import { useTranslation } from 'react-i18next';
import { useServerTime } from '@/time/useServerTime';
import classes from './tile.module.css';

const LAST_S = 60;

export function Countdown({ until_us }: { until_us: number | null }) {
  const { t } = useTranslation('live');
  const left_s = useServerTime((now_us) => {
    if (until_us === null) return null;
    const left = Math.ceil((until_us - now_us) / 1e6);
    return left > 0 && left <= LAST_S ? left : null;
  });
  if (left_s === null) return null;
  return (
    <div className={classes['countdown']} role="timer">
      {t('countdown', { seconds: left_s })}
    </div>
  );
}
