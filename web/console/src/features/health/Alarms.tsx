import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { dayAndTime } from '@/time/format';
import { StateShape } from '@/theme/shapes';
import type { AlarmHealth } from './health';
import classes from './health.module.css';

/** Open alarms: what is wrong, why, what to do. */
export function Alarms({ alarms }: { alarms: readonly AlarmHealth[] }) {
  const { t, i18n } = useTranslation('health');
  if (alarms.length === 0) return null;
  return (
    <section aria-labelledby="health-alarms">
      <Title order={2} id="health-alarms">
        {t('alarms')}
      </Title>
      <ul className={classes['rows']}>
        {alarms.map((alarm) => (
          <li key={`${alarm.code}/${alarm.subject}`} data-severity={alarm.severity}>
            <StateShape shape={alarm.severity} size={16} />
            <span className={classes['camera']}>
              <span className="nz-hidden">{t(`severity.${alarm.severity}`)}: </span>
              {alarm.sentence}
            </span>
            <span>{[alarm.reason, alarm.advice].filter(Boolean).join(' — ')}</span>
            <span className={classes['hint']}>{t('since', { time: dayAndTime(alarm.since_us, i18n.language) })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
