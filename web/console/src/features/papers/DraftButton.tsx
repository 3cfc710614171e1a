/** A paper before it is printed, as a PDF with TASLAK across its pages; why there is none now stands below the button. */
import { Alert, Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useProblemWords } from '@/ui/problem-words';
import { saveFile } from './save-file';

/** `kind`: of the paper, such as P-07; `draw`: asks for it; `isDisabled`: what it needs is not filled in yet. */
type Props = { kind: string; draw: () => Promise<Blob>; isDisabled?: boolean };

export function DraftButton({ kind, draw, isDisabled = false }: Props) {
  const { t } = useTranslation('papers');
  const words = useProblemWords();
  const draft = useMutation({ mutationFn: draw, onSuccess: (pdf) => saveFile(pdf, `TASLAK ${kind}.pdf`) });
  return (
    <div>
      <Button size="xs" variant="subtle" disabled={isDisabled} loading={draft.isPending} aria-label={t('named', { number: kind, word: t('draft') })} onClick={() => draft.mutate()}>{t('draft')}</Button>
      {draft.error && <Alert color="red" role="alert" mt="xs">{words(draft.error)}</Alert>}
    </div>
  );
}
