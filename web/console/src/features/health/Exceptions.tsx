import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { dayAndTime } from '@/time/format';
import { StateShape } from '@/theme/shapes';
import classes from './health.module.css';
import type { Exception } from './exceptions';

/** Cameras that need a person, in groups of one place. */
export function Exceptions({ exceptions, nowUs }: { exceptions: readonly Exception[]; nowUs: number }) {
  const { t, i18n } = useTranslation('health');
  if (exceptions.length === 0) return null;
  const sites = grouped(exceptions);
  return (
    <section aria-labelledby="health-exceptions">
      <Title order={2} id="health-exceptions">
        {t('exceptions')}
      </Title>
      {[...sites].map(([site, rows]) => (
        <div key={site}>
          {site !== '' && <Title order={3} className={classes['site'] ?? ''}>{t('site', { site, count: rows.length })}</Title>}
          <ul className={classes['rows']}>
            {rows.map(({ camera, troubles }) => (
              <li key={camera.id} data-grave={troubles.includes('missing') || undefined}>
                <StateShape shape={troubles.includes('missing') ? 'not_recording' : troubles.includes('frozen') ? 'paused' : 'warning'} size={16} />
                <span className={classes['camera']}>
                  {camera.number} · <bdi lang="tr">{camera.name}</bdi>
                </span>
                <span>{troubles.map((trouble) => t(`trouble.${trouble}`)).join(' · ')}</span>
                <span className={classes['hint']}>
                  {camera.last_picture_us !== null && camera.last_picture_us < nowUs - 10_000_000
                    ? t('last_picture', { time: dayAndTime(camera.last_picture_us, i18n.language) })
                    : ''}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

/** By place, each place where its gravest camera stands. */
function grouped(exceptions: readonly Exception[]): Map<string, Exception[]> {
  const groups = new Map<string, Exception[]>();
  for (const one of exceptions) groups.set(one.camera.site, [...(groups.get(one.camera.site) ?? []), one]);
  return groups;
}
