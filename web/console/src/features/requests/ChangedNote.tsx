/** That a case was changed since its form was opened: what happened, before anybody decides on it unread. */
import { Alert, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RequestDetail } from '@/api/footage';
import { dayAndTime } from '@/time/format';
import { type Fact, FACTS, newsOf } from './changed';
import { eventWords } from './event-words';

type Props = { seen: RequestDetail; now: RequestDetail; onRead: () => void };

export function ChangedNote({ seen, now, onRead }: Props) {
  const { t, i18n } = useTranslation('requests');
  const { events, facts, isLetter } = newsOf(seen, now);
  const valueOf = (fact: Fact) => (fact === 'authority_kind' ? (now.authority_kind ? t(`kind.${now.authority_kind}`) : '—') : <span lang="tr">{now[fact] || '—'}</span>);
  return (
    <Alert color="yellow" role="alert" title={t('changed.title')}>
      <ul>
        {events.map((one) => (
          <li key={one.entry_id}>
            {dayAndTime(one.at_us, i18n.language)} {t(`act.${one.act}`)} · <span lang="tr">{[one.by, eventWords(one, t, i18n.language)].filter((word) => word !== '').join(' · ')}</span>
          </li>
        ))}
        {facts.map((one) => <li key={one}>{t(`field.${FACTS[one]}`)}: {valueOf(one)}</li>)}
        {isLetter && <li>{t('changed.letter')}</li>}
      </ul>
      <Button size="xs" variant="default" onClick={onRead}>{t('changed.read')}</Button>
    </Alert>
  );
}
