/** Prints a paper where it belongs; why it cannot be printed now stands below the button. */
import { Alert, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type PaperWanted, usePrintPaper } from '@/api/papers';
import { useProblemWords } from '@/ui/problem-words';

type Props = { wanted: PaperWanted; word: string; whose?: string };

export function PrintButton({ wanted, word, whose }: Props) {
  const { t } = useTranslation('papers');
  const words = useProblemWords();
  const print = usePrintPaper();
  const label = t(`print.${word}`);
  return (
    <div>
      <Button size="xs" variant="default" loading={print.isPending} aria-label={whose ? t('named', { number: whose, word: label }) : undefined} onClick={() => print.mutate(wanted)}>
        {label}
      </Button>
      {print.error && <Alert color="red" role="alert" mt="xs">{words(print.error)}</Alert>}
    </div>
  );
}
