/** Taking a paper back signed: an e-signed PDF or a scan; the server looks for the paper's code in it. Not before it is initialled. */
import { Alert, Button, Checkbox, FileButton, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Paper, useHandIn } from '@/api/papers';
import { isProblem } from '@/api/problem';
import { useProblemWords } from '@/ui/problem-words';

const TYPES = 'application/pdf,image/png,image/jpeg';

export function HandIn({ paper }: { paper: Paper }) {
  const { t } = useTranslation('papers');
  const words = useProblemWords();
  const handIn = useHandIn(paper.id);
  const [file, setFile] = useState<File | null>(null);
  const [isCompared, setCompared] = useState(false);
  const send = (chosen: File | null, compared: boolean) => {
    setFile(chosen);
    if (chosen) handIn.mutate({ file: chosen, compared });
  };
  if (paper.awaits_initials_of !== '') return <Text size="sm" c="dimmed">{t('hand_in_waits', { title: paper.awaits_initials_of })}</Text>;
  const isUnread = isProblem(handIn.error, 'signed_file_code_missing');
  return (
    <Stack gap="xs" align="flex-start">
      <FileButton accept={TYPES} onChange={(chosen) => send(chosen, false)}>
        {(props) => (
          <Button {...props} size="xs" variant="default" loading={handIn.isPending} aria-label={t('named', { number: paper.number, word: t('hand_in') })}>
            {t('hand_in')}
          </Button>
        )}
      </FileButton>
      {handIn.error && (
        <Alert color="red" role="alert">
          {words(handIn.error)}
          {isUnread && (
            <Group mt="xs">
              <Checkbox label={t('compared')} checked={isCompared} onChange={(event) => setCompared(event.currentTarget.checked)} />
              <Button size="xs" variant="default" disabled={!isCompared} loading={handIn.isPending} onClick={() => send(file, true)}>{t('hand_in_compared')}</Button>
            </Group>
          )}
        </Alert>
      )}
    </Stack>
  );
}
