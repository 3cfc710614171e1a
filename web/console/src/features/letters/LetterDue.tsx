/** Until when a letter is to be dealt with: a shape, the time that is left or by which it is late, the moment itself. */
import { useTranslation } from 'react-i18next';
import type { Letter } from '@/api/letters';
import { DueTime } from '@/features/requests/DueMark';
import { dayAndTime, zoneStore } from '@/time/format';
import { serverClock } from '@/time/server-clock';
import { dueOf } from './task';

export function LetterDue({ letter }: { letter: Letter }) {
  const { t, i18n } = useTranslation('letters');
  const now_us = serverClock.now_us();
  if (letter.due_us === null) return <span>{t('due_none')}</span>;
  const due = dueOf(letter, now_us, zoneStore.get());
  return due === 'over' ? <span>{dayAndTime(letter.due_us, i18n.language)}</span> : <DueTime due={due} due_us={letter.due_us} now_us={now_us} />;
}

/** In the register: how it stands with whom it was given to. */
export function LetterTaskState({ letter }: { letter: Letter }) {
  const { t } = useTranslation('letters');
  if (letter.done_us !== null) return <small><span aria-hidden="true">✓</span> {t('done')}</small>;
  return letter.due_us === null ? <small>{t('due_none')}</small> : <div><LetterDue letter={letter} /></div>;
}
