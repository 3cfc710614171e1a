/** The scan or the e-signed file of a letter: what came, or the way to bring it. */
import { Alert, Button, FileButton, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EYP } from '@/api/eyp';
import { LETTER_TYPES, type Letter, letterFileAddress, letterInsideAddress, useFileLetter } from '@/api/footage';
import { useProblemWords } from '@/ui/problem-words';
import { dayAndTime } from '@/time/format';
import classes from './requests.module.css';

/** `mayFile`: whether the reader may bring one now. */
export function LetterFile({ letter: { id, file }, mayFile }: { letter: Letter; mayFile: boolean }) {
  const { t, i18n } = useTranslation('requests');
  const words = useProblemWords();
  const upload = useFileLetter();
  return (
    <div className={classes['scan']}>
      <Text size="sm">
        {file ? [t(`signature.${file.signature_kind}`), t('scan.pages', { count: file.pages }), dayAndTime(file.uploaded_us, i18n.language), file.uploaded_by].join(' · ') : t('scan.none')}
      </Text>
      {file && file.signers.length > 0 && <Text size="sm" lang="tr">{t('scan.signers', { names: file.signers.join(', ') })}</Text>}
      <Group gap="xs">
        {file?.media_type === EYP && <a href={letterInsideAddress(id)} download className={classes['link']}>{t('scan.open')}</a>}
        {file && <a href={letterFileAddress(id)} download className={classes['link']}>{t(file.media_type === EYP ? 'scan.package' : 'scan.open')}</a>}
        {mayFile && (
          <FileButton accept={LETTER_TYPES} onChange={(chosen) => chosen && upload.mutate({ id, file: chosen })}>
            {(props) => <Button {...props} size="xs" variant="default" loading={upload.isPending}>{t(file ? 'scan.replace' : 'scan.upload')}</Button>}
          </FileButton>
        )}
      </Group>
      {upload.error && <Alert color="red" role="alert">{words(upload.error)}</Alert>}
    </div>
  );
}
