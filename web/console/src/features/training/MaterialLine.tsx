/** One material for who keeps it: which version counts, which waits to be published, the next step. */
import { Button, FileButton, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileAddress, FILE_TYPES, type Material, usePublish, useUpload, useWithdraw } from '@/api/training';
import { useProblemWords } from '@/ui/problem-words';
import { dayOf } from '@/time/format';
import { useFileWords } from './useFileWords';
import classes from './training.module.css';

export function MaterialLine({ one }: { one: Material }) {
  const { t, i18n } = useTranslation('training');
  const words = useProblemWords();
  const fileWords = useFileWords();
  const [upload, publish, withdraw] = [useUpload(), usePublish(), useWithdraw()];
  const [isAsking, setAsking] = useState(false);
  const newest = one.versions[0];
  const error = upload.error ?? publish.error ?? withdraw.error;
  const isOver = one.withdrawn_us !== null;
  const state = isOver ? 'withdrawn' : newest === undefined ? 'empty' : newest.published_us === null ? 'draft' : 'published';
  return (
    <li className={classes['material']}>
      <div>
        <strong lang="tr">{one.title}</strong>
        <small>{one.topics.map((topic) => t(`topic.${topic}`)).join(', ')}</small>
        {newest && (
          <small>
            <a href={fileAddress(newest.id)} target="_blank" rel="noreferrer">{[fileWords(newest), t('version', { number: newest.number })].join(' · ')}</a>
            {' '}· {t('keep.uploaded', { day: dayOf(newest.uploaded_us, i18n.language), name: newest.uploaded_by })}
          </small>
        )}
        <small>{t(`keep.state.${state}`)}{state === 'published' && ` · ${t('keep.missing', { count: one.missing })}`}</small>
        {error && <Text size="sm" c="var(--nz-alarm)" role="alert">{words(error)}</Text>}
      </div>
      {!isOver && (
        <div className={classes['acts']}>
          <FileButton accept={FILE_TYPES.join(',')} onChange={(file) => file && upload.mutate({ id: one.id, file })}>
            {(props) => <Button {...props} size="xs" variant="default" loading={upload.isPending} aria-label={t('keep.upload_named', { title: one.title })}>{t('keep.upload')}</Button>}
          </FileButton>
          {state === 'draft' && <Button size="xs" loading={publish.isPending} aria-label={t('keep.publish_named', { title: one.title })} onClick={() => publish.mutate(one.id)}>{t('keep.publish')}</Button>}
          {!isAsking && <Button size="xs" variant="default" aria-label={t('keep.withdraw_named', { title: one.title })} onClick={() => setAsking(true)}>{t('keep.withdraw')}</Button>}
          {isAsking && (
            <>
              <Text size="sm" role="alert">{t('keep.withdraw_sure')}</Text>
              <Button size="xs" color="red" loading={withdraw.isPending} onClick={() => withdraw.mutate(one.id)}>{t('keep.withdraw')}</Button>
              <Button size="xs" variant="default" autoFocus onClick={() => setAsking(false)}>{t('keep.leave')}</Button>
            </>
          )}
        </div>
      )}
    </li>
  );
}
