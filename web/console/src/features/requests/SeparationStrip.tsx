/** Kaydeden ▸ Onaylayan ▸ Hazırlayan ▸ İmzalayan ▸ Teslim eden: who, when, which slot is barred for the reader and why. */
import { useTranslation } from 'react-i18next';
import { type RequestDetail, useRequestChoices } from '@/api/footage';
import { useMe } from '@/api/session';
import { dayAndTime } from '@/time/format';
import { barOf } from './separation';
import classes from './requests.module.css';

export function SeparationStrip({ request }: { request: RequestDetail }) {
  const { t, i18n } = useTranslation('requests');
  const me = useMe();
  const separate = useRequestChoices().data?.separate ?? [];
  return (
    <section aria-label={t('separation')} className={classes['strip']}>
      <ol>
        {request.duties.map(({ duty, name, at_us, is_planned }) => {
          const bar = name && !is_planned ? null : barOf(request, duty, me?.id, separate);
          return (
            <li key={duty} data-state={name && !is_planned ? 'done' : bar ? 'barred' : 'open'} data-duty={duty}>
              <span className={classes['slot']}>{t(`duty_of.${duty}`)}</span>
              <strong lang="tr">{name || '—'}</strong>
              {at_us !== null && <time dateTime={new Date(at_us / 1000).toISOString()}>{dayAndTime(at_us, i18n.language)}</time>}
              {is_planned && <small>{t('planned')}</small>}
              {bar && <small className={classes['bar']}><span aria-hidden="true">⊘</span> {t(`barred.${bar}`)}</small>}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
