/** `/waiting`: what waits for me, the most urgent first; what is done is gone from it. */
import { Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Reminder, useReminders } from '@/api/reminders';
import { useMe } from '@/api/session';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { StateShape, type ShapeName } from '@/theme/shapes';
import { dayOf, lastDayOf } from '@/time/format';
import { placeOf } from './place';
import { countedOf, endOf, wordsOf } from './words';
import classes from './waiting.module.css';

const SHAPES: Record<Reminder['urgency'], ShapeName> = { late: 'critical', soon: 'warning', waiting: 'info' };

export function WaitingPage() {
  const { t } = useTranslation('reminders');
  const found = useReminders();
  if (found.error && !found.data) return <PageFailure error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageLoading />;
  return (
    <div className={classes['page']}>
      <Title order={1}>{t('title')}</Title>
      <p className={classes['hint']}>{t(found.data.length === 0 ? 'none' : 'hint')}</p>
      <ul className={classes['list']}>
        {found.data.map((one) => <Waiting key={one.key} one={one} />)}
      </ul>
    </div>
  );
}

function Waiting({ one }: { one: Reminder }) {
  const { t, i18n } = useTranslation('reminders');
  const me = useMe();
  const place = placeOf(one, me?.actions ?? []);
  const end = endOf(one);
  return (
    <li className={classes['item']} data-urgency={one.urgency}>
      <span className={classes['urgency']}>
        <StateShape shape={SHAPES[one.urgency]} /> {t(`urgency.${one.urgency}`)}
      </span>
      <div>
        <p>{t(wordsOf(one), { number: one.number ?? '', name: one.name, ...countedOf(one, i18n.language) })}</p>
        <small>
          {end
            ? t(`end.${end}`, { count: one.days, day: lastDayOf(one.at_us, i18n.language) })
            : t(one.urgency === 'late' && one.days < 0 ? 'ended' : 'since', { day: one.days < 0 ? lastDayOf(one.at_us, i18n.language) : dayOf(one.at_us, i18n.language) })}
        </small>
      </div>
      {place && <Link {...place} className={classes['go']} aria-label={`${t('go')}: ${t(`short.${one.kind}`)} ${one.number ?? one.name}`}>{t('go')}</Link>}
    </li>
  );
}
