/** What came of a letter that was given to somebody: with it the letter is dealt with. */
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Letter, useFinishLetter } from '@/api/letters';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { PaperFrame } from '@/ui/PaperFrame';

const PLACES = { result_required: 'result' } as const;

type Props = { letter: Letter; isTyped: boolean; onTyped: () => void; onDone: () => void };

export function WriteResult({ letter, isTyped, onTyped, onDone }: Props) {
  const { t } = useTranslation('letters');
  const finish = useFinishLetter(letter.id);
  const { at, rest } = useFieldProblems<'result'>(finish.error, PLACES);
  const [result, setResult] = useState('');
  return (
    <PaperFrame title={t('write_result')} article={t('result_says')} canSend={result.trim() !== ''} isPending={finish.isPending} rest={rest} isTyped={isTyped} onDone={onDone}
      onSend={() => finish.mutate(result.trim(), { onSuccess: onDone })}>
      <Textarea autoFocus required label={t('field.result')} lang="tr" maxLength={500} autosize minRows={2} value={result} error={at('result')}
        onChange={(event) => {
          setResult(event.currentTarget.value);
          onTyped();
        }} />
    </PaperFrame>
  );
}
