/** One thing to read or watch, and saying that one has. */
import { Button, Text, Title } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileAddress, type MyTraining, useAcknowledge } from '@/api/training';
import { useProblemWords } from '@/ui/problem-words';
import { dayAndTime } from '@/time/format';
import { useFileWords } from './useFileWords';
import classes from './training.module.css';

export function Lesson({ one }: { one: MyTraining }) {
  const { t, i18n } = useTranslation('training');
  const words = useProblemWords();
  const fileWords = useFileWords();
  const acknowledge = useAcknowledge();
  const isDone = one.acknowledged_us !== null;
  const [isSeen, setSeen] = useState(isDone); // a film that ran to its end, a paper that was opened
  const [isShown, setShown] = useState(!isDone);
  const isFilm = one.version.duration_ms !== null;
  const place = useRef<HTMLElement>(null);
  const titleId = `training-${one.version.id}`;
  return (
    <section ref={place} tabIndex={-1} className={classes['lesson']} aria-labelledby={titleId} data-done={isDone}>
      <Title order={2} id={titleId} lang="tr">{one.title}</Title>
      <Text size="sm" c="dimmed">
        {[fileWords(one.version), t('version', { number: one.version.number }), one.topics.map((topic) => t(`topic.${topic}`)).join(', ')].join(' · ')}
      </Text>
      <p className={classes['state']}>
        <span aria-hidden="true">{isDone ? '✓' : '◆'}</span>{' '}
        {one.acknowledged_us === null ? t('waits') : t('done', { time: dayAndTime(one.acknowledged_us, i18n.language) })}
      </p>
      {isFilm && isShown && (
        <video className={classes['film']} controls preload="metadata" disablePictureInPicture disableRemotePlayback aria-labelledby={titleId}
          src={fileAddress(one.version.id)} onEnded={() => setSeen(true)} />
      )}
      <div className={classes['acts']}>
        {!isFilm && (
          <Button component="a" variant="default" href={fileAddress(one.version.id)} download onClick={() => setSeen(true)}>{t('open_paper')}</Button>
        )}
        {isFilm && !isShown && <Button variant="default" onClick={() => setShown(true)}>{t('watch_again')}</Button>}
        {!isDone && (
          <Button disabled={!isSeen} loading={acknowledge.isPending} onClick={() => acknowledge.mutate(one.version.id, { onSuccess: () => place.current?.focus() })}>
            {t(isFilm ? 'watched' : 'read')}
          </Button>
        )}
      </div>
      {!isDone && !isSeen && <Text size="sm" c="dimmed">{t(isFilm ? 'watch_first' : 'read_first')}</Text>}
      {acknowledge.error && <Text size="sm" c="var(--nz-alarm)" role="alert">{words(acknowledge.error)}</Text>}
    </section>
  );
}
