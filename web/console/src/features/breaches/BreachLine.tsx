/** One breach: when, who, which camera, what happened, its record on paper. */
import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Breach } from '@/api/breaches';
import { CancellablePaper } from '@/features/papers/CancellablePaper';
import { PrintButton } from '@/features/papers/PrintButton';
import { dayAndTime, dayOf } from '@/time/format';
import classes from './breaches.module.css';

type Props = { breach: Breach; mayRecord: boolean; onEdit: () => void };

export function BreachLine({ breach, mayRecord, onEdit }: Props) {
  const { t, i18n } = useTranslation('breaches');
  const name = useBreachName()(breach);
  const isCancelled = breach.paper?.state === 'cancelled';
  const print = (word: string) => <PrintButton wanted={{ of: 'breach', breach_id: breach.id }} word={word} whose={name} />;
  return (
    <li className={classes['breach']} aria-label={name}>
      <strong className={classes['when']}>{name}</strong>
      <span lang="tr">{[breach.person_name || t('unknown_person'), breach.account_name, breach.camera_name || breach.place].filter(Boolean).join(' · ')}</span>
      <p lang="tr" className={classes['words']}>{breach.what}</p>
      <Text size="sm" c="dimmed" lang="tr" className={classes['words']}>{t('did', { action: breach.action })}</Text>
      <Text size="sm" c="dimmed">
        {[t('evidence_count', { count: breach.evidence.length }), t('recorded', { name: breach.recorded_by, time: dayAndTime(breach.recorded_us, i18n.language) })].join(' · ')}
      </Text>
      {breach.paper && (
        <CancellablePaper paper={breach.paper}>{mayRecord ? print('breach_anew') : <Text size="sm">{t('printed_by')}</Text>}</CancellablePaper>
      )}
      {mayRecord && (
        <div className={classes['acts']}>
          {!isCancelled && print(breach.paper ? 'breach_again' : 'breach')}
          <Button size="xs" variant="default" aria-label={t('edit_named', { name })} onClick={onEdit}>{t('edit')}</Button>
        </div>
      )}
    </li>
  );
}

/** What a breach is called in its list: its moment, or its day where no moment is known. */
export function useBreachName(): (breach: Breach) => string {
  const { i18n } = useTranslation('breaches');
  const noon_us = (day: string) => Date.parse(`${day}T12:00:00Z`) * 1000;
  return ({ happened_us, happened_on }) => (happened_us === null ? dayOf(noon_us(happened_on), i18n.language) : dayAndTime(happened_us, i18n.language));
}
