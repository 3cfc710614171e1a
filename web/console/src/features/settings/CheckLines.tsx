/** What was found when a part was tried: a shape, a word, what it means; the machine's own sentence on request. */
import { useTranslation } from 'react-i18next';
import type { Check } from '@/api/settings';
import { StateShape, type ShapeName } from '@/theme/shapes';
import classes from './settings.module.css';

const SHAPES: Record<Check['level'], ShapeName> = { ok: 'recording', warning: 'warning', problem: 'critical' };

export function CheckLines({ checks }: { checks: readonly Check[] }) {
  const { t } = useTranslation('settings');
  const bad = checks.filter(({ level }) => level !== 'ok');
  const shown = bad.length > 0 ? bad : checks.slice(0, 1); // all well is one line, however many disks there are
  if (shown.length === 0) return null;
  return (
    <ul className={classes['checks']}>
      {shown.map((one, index) => (
        <li key={index} data-level={one.level}>
          <StateShape shape={SHAPES[one.level]} />
          <div>
            <strong>{t(`part.${one.part}`, { defaultValue: one.part })}: {t(`level.${one.level}`)}</strong>
            {one.level !== 'ok' && (
              <>
                <span>{t(`found.${one.part}`, { defaultValue: '' })}</span>
                <details>
                  <summary>{t('checks.technical')}</summary>
                  <p lang="en">{one.detail} {one.remedy}</p>
                </details>
              </>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
