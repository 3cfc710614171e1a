/** The line of custody: what happened to a case, by whom, when; rows are only added. */
import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CaseEvent } from '@/api/footage';
import grants from '@/ui/papers.module.css';
import { dayAndTime } from '@/time/format';
import { eventWords } from './event-words';
import classes from './requests.module.css';

const PROGRAM = /^vms [a-z]+$/; // a process of ours, which nobody outside knows by its name

export function Custody({ events }: { events: readonly CaseEvent[] }) {
  const { t, i18n } = useTranslation('requests');
  return (
    <section aria-label={t('custody')}>
      <Title order={2}>{t('custody')}</Title>
      <ol className={`${grants['history']} ${classes['custody']}`}>
        {events.map((one, index) => {
          const more = eventWords(one, t, i18n.language);
          return (
            <li key={`${one.at_us}${one.act}${index}`}>
              <time dateTime={new Date(one.at_us / 1000).toISOString()}>{dayAndTime(one.at_us, i18n.language)}</time> {t(`act.${one.act}`)} · {PROGRAM.test(one.by) ? t('program') : <span lang="tr">{one.by}</span>}
              {more && <small lang="tr">{more}</small>}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
