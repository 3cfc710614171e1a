/** One training in a room: when, where, by whom, who attended, its form on paper. */
import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type TrainingSession, useCallOff } from '@/api/training-sessions';
import { ReasonForm } from '@/ui/ReasonForm';
import { CancellablePaper } from '@/features/papers/CancellablePaper';
import { PrintButton } from '@/features/papers/PrintButton';
import { clockTime, dayOf } from '@/time/format';
import { serverClock } from '@/time/server-clock';
import classes from './training.module.css';

export function SessionLine({ one, onEdit }: { one: TrainingSession; onEdit: () => void }) {
  const { t, i18n } = useTranslation('training');
  const [isAsking, setAsking] = useState(false);
  const callOff = useCallOff(one.id);
  const clock = (at_us: number) => clockTime(at_us, i18n.language).slice(0, 5);
  const when = t('room.when', { day: dayOf(one.begins_us, i18n.language), begins: clock(one.begins_us), ends: clock(one.ends_us) });
  const name = `${when}, ${one.place}`;
  const isOver = one.called_off_us !== null;
  const hasBegun = one.begins_us <= serverClock.now_us();
  const isPrinted = one.paper?.state === 'issued' || one.paper?.state === 'signed';
  const isCancelled = one.paper?.state === 'cancelled';
  const print = (word: string) => <PrintButton wanted={{ of: 'training', session_id: one.id }} word={word} whose={name} />;
  return (
    <li className={classes['material']} aria-label={name}>
      <div>
        <strong>{name}</strong>
        <small>{[t('room.trainer', { name: one.trainer_name }), one.topics.map((topic) => t(`topic.${topic}`)).join(', ')].join(' · ')}</small>
        {one.material && <small lang="tr">{t('room.shown', { material: one.material })}</small>}
        <details>
          <summary>{t('room.attended', { count: one.attendees.length })}</summary>
          <span lang="tr">{one.attendees.map((person) => person.full_name).join(', ')}</span>
        </details>
        {isOver && <small lang="tr">{t('room.called_off', { why: one.called_off_why })}</small>}
        {!isOver && !hasBegun && <Text size="sm" c="dimmed">{t('room.to_come')}</Text>}
        {one.paper && (
          <CancellablePaper paper={one.paper} isCompact>{isOver ? null : print('training_anew')}</CancellablePaper>
        )}
        {isAsking && (
          <ReasonForm title={t('room.call_off')} isPending={callOff.isPending} error={callOff.error} onCancel={() => setAsking(false)}
            onSend={(why) => callOff.mutate(why, { onSuccess: () => setAsking(false) })} />
        )}
      </div>
      {!isOver && (
        <div className={classes['acts']}>
          {hasBegun && !isCancelled && print(isPrinted ? 'training_again' : 'training')}
          <Button size="xs" variant="default" aria-label={t('room.edit_named', { name })} onClick={onEdit}>{t('room.edit')}</Button>
          {!isPrinted && !isAsking && <Button size="xs" variant="default" aria-label={t('room.call_off_named', { name })} onClick={() => setAsking(true)}>{t('room.call_off')}</Button>}
        </div>
      )}
    </li>
  );
}
