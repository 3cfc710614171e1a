/** Choosing the e-Yazışma package of a letter: what it says goes to whoever asks. */
import { Alert, Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type LetterPackage, useReadPackage } from '@/api/eyp';
import { useProblemWords } from '@/ui/problem-words';

type Props = { file: File | null; onRead: (file: File, found: LetterPackage) => void; onLeave: () => void };

export function PackageField({ file, onRead, onLeave }: Props) {
  const { t } = useTranslation('letters');
  const words = useProblemWords();
  const read = useReadPackage();
  const choose = (chosen: File | null) => chosen && read.mutate(chosen, { onSuccess: (found) => onRead(chosen, found) });
  return (
    <Stack gap={4} align="flex-start">
      <Group gap="xs">
        <FileButton accept=".eyp" onChange={choose}>
          {(props) => <Button {...props} variant="default" size="xs" loading={read.isPending}>{t('package.choose')}</Button>}
        </FileButton>
        {file && <Text size="sm" lang="tr">{file.name}</Text>}
        {file && <Button variant="default" size="xs" onClick={() => { read.reset(); onLeave(); }}>{t('package.without')}</Button>}
      </Group>
      {file && read.data && <PackageNote found={read.data} />}
      {read.error && <Alert color="red" role="alert">{words(read.error)}</Alert>}
    </Stack>
  );
}

/** Who signed it; that a person looks over what was filled in. */
export function PackageNote({ found }: { found: LetterPackage }) {
  const { t } = useTranslation('letters');
  return <Text size="sm" c="dimmed" role="status">{t('package.read', { names: found.signers.join(', ') })}</Text>;
}
