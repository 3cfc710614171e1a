import { Alert, Button, Skeleton, Stack, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/session';
import { useProblemWords } from '@/ui/problem-words';
import { languageNow } from '@/i18n';
import { clockTime } from '@/time/format';
import { Alarms } from './Alarms';
import { CameraTable } from './CameraTable';
import { Exceptions } from './Exceptions';
import { Figures } from './Figures';
import { Volumes } from './Volumes';
import classes from './health.module.css';
import { exceptionsOf } from './exceptions';
import { type Health, useHealth } from './health';
import { wellCount } from './wellness';

/** `/health`: three numbers, what needs a person, the volumes; all well is one calm line. */
export function HealthPage() {
  const { t, i18n } = useTranslation('health');
  const words = useProblemWords();
  const me = useMe();
  const mayLook = me?.may_see_health ?? false;
  const { data, error, refetch } = useHealth(mayLook, languageNow());

  return (
    <div className={classes['page']}>
      <header className={classes['head']}>
        <Title order={1}>{t('title')}</Title>
        {mayLook && <Link to="/cameras">{t('camera_register')}</Link>}
        {data && <time className={classes['hint']}>{t('as_of', { time: clockTime(data.now_us, i18n.language) })}</time>}
      </header>
      {me && !mayLook && <p>{t('denied')}</p>}
      {error && (
        <Alert role="alert" title={words(error)}>
          <Button variant="default" onClick={() => void refetch()}>
            {t('retry')}
          </Button>
        </Alert>
      )}
      {mayLook && !data && !error && <Skeleton height={220} />}
      {data && <Report health={data} />}
    </div>
  );
}

function Report({ health }: { health: Health }) {
  const { t } = useTranslation('health');
  const exceptions = exceptionsOf(health.cameras);
  const well = wellCount(health);
  const away = health.recorders.filter(({ is_up }) => !is_up).map(({ name }) => name);
  const isAway = away.length > 0 || health.reasons.some(({ code }) => code === 'recorder_unavailable');
  return (
    <Stack gap="xl">
      <Figures cameras={health.cameras} />
      {well !== null && <p className={classes['well']}>{t('all_well', { count: well })}</p>}
      {health.cameras.length === 0 && <p className={classes['well']}>{t('no_cameras')}</p>}
      {isAway && <p className={classes['alarm']}>{away.length > 0 ? t('recorder_away', { names: away.join(', ') }) : t('state.away')}</p>}
      {health.unread.length > 0 && <p className={classes['warning']}>{t('unread', { parts: health.unread.map((part) => t(`part.${part}`, part)).join(', ') })}</p>}
      <Exceptions exceptions={exceptions} nowUs={health.now_us} />
      <Alarms alarms={health.alarms} />
      <Volumes volumes={health.volumes} />
      <CameraTable cameras={health.cameras} dayStartUs={health.day_start_us} nowUs={health.now_us} />
    </Stack>
  );
}
