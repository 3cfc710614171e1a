/** The parts by name, with a mark where one needs somebody: a way down a long page. */
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Check, Section } from '@/api/settings';
import { StateShape } from '@/theme/shapes';
import { checksOf } from './order';
import classes from './settings.module.css';
import { wordKey } from './words';

export function Jump({ sections, checks }: { sections: readonly Section[]; checks: readonly Check[] }) {
  const { t } = useTranslation('settings');
  const go = (event: MouseEvent, id: string) => {
    const heading = document.getElementById(id);
    if (!heading) return;
    event.preventDefault(); // the address stays the page's
    heading.scrollIntoView({ block: 'start' });
    heading.focus({ preventScroll: true });
  };
  return (
    <nav className={classes['jump']} aria-label={t('jump')}>
      {sections.map(({ name }) => {
        const id = `settings-${wordKey(name)}`;
        const worst = checksOf(name, checks).find(({ level }) => level === 'problem') ?? checksOf(name, checks).find(({ level }) => level === 'warning');
        return (
          <a key={name} href={`#${id}`} data-level={worst?.level} onClick={(event) => go(event, id)}>
            {worst && <StateShape shape={worst.level === 'problem' ? 'critical' : 'warning'} />}
            {t(`section.${wordKey(name)}.title`, { defaultValue: name })}
            {worst && <span className="nz-hidden">, {t(`level.${worst.level}`)}</span>}
          </a>
        );
      })}
    </nav>
  );
}
