/** The ways to the footage for the officer whose work it is: playback at exactly the locked interval. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RequestDetail } from '@/api/footage';
import { moment } from '@/time/timeWords';
import { zoneStore } from '@/time/format';
import { watchesOf } from './watch';
import classes from './requests.module.css';

const [LEAST_SHOWN_S, MOST_SHOWN_S] = [10, 86_400]; // the time line shows the interval, a day of it at most

export function WatchLinks({ request }: { request: RequestDetail }) {
  const { t, i18n } = useTranslation('requests');
  const watches = watchesOf(request.items);
  if (watches.length === 0) return null;
  const time = (at_us: number) => moment(at_us, i18n.language, zoneStore.get());
  return (
    <ul className={classes['plain']}>
      {watches.map(({ start_us, end_us, cameras, numbers }) => (
        <li key={`${start_us}/${cameras[0]}`}>
          <Link to="/playback" search={{ cameras, at: start_us, from: start_us, until: end_us, in: start_us, out: end_us, span_s: Math.min(MOST_SHOWN_S, Math.max(LEAST_SHOWN_S, Math.ceil((end_us - start_us) / 1e6))) }} className={classes['link']}>
            {t('watch', { from: time(start_us), until: time(end_us), numbers: numbers.join(', ') })}
          </Link>
        </li>
      ))}
    </ul>
  );
}
