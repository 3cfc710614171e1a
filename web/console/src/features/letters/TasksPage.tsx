/** `/letters/tasks`: the letters that I was given to act on, what is due first at the top; everybody has this page. */
import { Button, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Letter, useMyLetters } from '@/api/letters';
import { useMe } from '@/api/session';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { NothingYet } from '@/ui/ListState';
import { Facts } from '@/ui/Facts';
import { paperDay } from '@/time/paper-day';
import { maySeeRequests } from '@/state/duty';
import { LetterFile } from '@/features/requests/LetterFile';
import classes from '@/features/requests/requests.module.css';
import { LetterDue } from './LetterDue';
import { WriteResult } from './WriteResult';

export function TasksPage() {
  const { t } = useTranslation('letters');
  const mine = useMyLetters();
  if (mine.error && !mine.data) return <PageFailure error={mine.error} onRetry={() => void mine.refetch()} />;
  if (!mine.data) return <PageLoading />;
  return (
    <div className={classes['page']}>
      <Title order={1}>{t('tasks.title')}</Title>
      {mine.data.length === 0 && <NothingYet text={t('tasks.none')} />}
      {mine.data.map((letter) => <Task key={letter.id} letter={letter} />)}
    </div>
  );
}

function Task({ letter }: { letter: Letter }) {
  const { t } = useTranslation('letters');
  const { t: requests, i18n } = useTranslation('requests');
  const me = useMe();
  const [isOpen, setOpen] = useState(false);
  const [isTyped, setTyped] = useState(false);
  const close = () => {
    setOpen(false);
    setTyped(false);
  };
  const name = t('letter_no', { number: letter.number });
  return (
    <section aria-label={name} className={classes['form']}>
      <Title order={2}>{maySeeRequests(me) ? <Link to="/letters" search={{ open: letter.id }} className={classes['link']}>{name}</Link> : name}</Title>
      <Facts rows={[
        [t('field.due'), <LetterDue key="due" letter={letter} />],
        [t('field.sender_name'), <span key="sender" lang="tr">{letter.sender_name}</span>],
        [requests('field.letter_no'), `${letter.no} · ${paperDay(letter.on, i18n.language)}`],
        [requests('field.subject'), <span key="subject" lang="tr">{letter.subject}</span>],
        [requests('field.scan'), <LetterFile key="file" letter={letter} mayFile={false} />],
      ]} />
      {isOpen
        ? <WriteResult letter={letter} isTyped={isTyped} onTyped={() => setTyped(true)} onDone={close} />
        : <Button mt="xs" size="xs" onClick={() => setOpen(true)}>{t('write_result')}</Button>}
    </section>
  );
}
