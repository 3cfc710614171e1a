import { useTranslation } from 'react-i18next';
import { type ShapeName, StateShape } from '@/theme/shapes';
import { isFrozen } from './exceptions';
import type { CameraHealth } from './health';
import classes from './health.module.css';

const SHAPES: Record<string, ShapeName> = { missing: 'not_recording', frozen: 'paused', below_minimum: 'warning' };

/** The three numbers a person looks for first. A nought is grey. */
export function Figures({ cameras }: { cameras: readonly CameraHealth[] }) {
  const { t } = useTranslation('health');
  const counts = {
    missing: cameras.filter(({ is_missing }) => is_missing).length,
    frozen: cameras.filter(isFrozen).length,
    below_minimum: cameras.filter(({ is_below_minimum }) => is_below_minimum).length,
  };
  return (
    <dl className={classes['figures']}>
      {(['missing', 'frozen', 'below_minimum'] as const).map((name) => (
        <div key={name} className={classes['figure']} data-figure={name} data-grave={counts[name] > 0 || undefined}>
          <dt>
            {counts[name] > 0 && <StateShape shape={SHAPES[name] ?? 'warning'} size={14} />}
            {t(`figure.${name}`)}
          </dt>
          <dd>
            <span className={classes['count']}>{counts[name]}</span>
            <span className={classes['hint']}>{t(`figure.${name}_hint`, { count: cameras.length })}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
