import { Progress, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { StateShape } from '@/theme/shapes';
import { bytes } from '@/ui/bytes';
import type { VolumeHealth } from './health';
import classes from './health.module.css';

/** Each volume: how full it is, and in how many days it will be. */
export function Volumes({ volumes }: { volumes: readonly VolumeHealth[] }) {
  const { t, i18n } = useTranslation('health');
  if (volumes.length === 0) return null;
  const left = (volume: VolumeHealth) => {
    if (volume.days_until_full !== null && volume.days_until_full < 1) return t('volume.today');
    if (volume.days_until_full !== null) return t('volume.days', { count: Math.floor(volume.days_until_full) });
    return volume.is_measuring ? t('volume.measuring') : t('volume.never');
  };
  return (
    <section aria-labelledby="health-volumes">
      <Title order={2} id="health-volumes">
        {t('volumes')}
      </Title>
      <ul className={classes['volumes']}>
        {volumes.map((volume) => {
          const isBad = volume.state !== 'ok';
          const used = volume.total_bytes > 0 ? 100 * (1 - volume.free_bytes / volume.total_bytes) : 0;
          const words = t('volume.used', { used: bytes(volume.total_bytes - volume.free_bytes, i18n.language), total: bytes(volume.total_bytes, i18n.language) });
          return (
            <li key={volume.uuid} className={classes['volume']} data-volume={volume.state} data-grave={isBad || undefined}>
              <div className={classes['volumeHead']}>
                {(isBad || volume.is_retention_at_risk) && <StateShape shape={isBad ? 'critical' : 'warning'} size={14} />}
                <strong>{volume.path_name}</strong>
                <span className={isBad ? classes['alarm'] : classes['hint']}>{t(`volume.state.${volume.state}`, volume.state)}</span>
              </div>
              <Progress value={used} color={isBad ? 'var(--nz-alarm-fill)' : 'var(--nz-footage)'} aria-label={words} />
              <div className={classes['volumeFoot']}>
                <span>{words}</span>
                <span>{t('volume.until_full', { left: left(volume) })}</span>
              </div>
              {volume.is_retention_at_risk && <p className={classes['warning']}>{t('volume.at_risk')}</p>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
