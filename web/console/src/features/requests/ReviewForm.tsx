/** The decision on a request: what it does to the lock is said before it is taken. */
import { Alert, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Decision, type RequestDetail, useReviewRequest } from '@/api/footage';
import { useService } from '@/api/service';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { PaperFrame } from '@/ui/PaperFrame';
import { moment } from '@/time/timeWords';
import { zoneStore } from '@/time/format';
import { isChanged } from './changed';
import { ChangedNote } from './ChangedNote';
import { LawsField } from './LawsField';

const MOST = 500;
const PLACES = { legal_review_missing: 'words', missing_papers_required: 'words', reason_required: 'words', law_unknown: 'laws' } as const;

export function ReviewForm({ request, decision, onDone }: { request: RequestDetail; decision: Decision; onDone: () => void }) {
  const { t, i18n } = useTranslation('requests');
  const review = useReviewRequest();
  const { at, rest } = useFieldProblems<'words' | 'laws'>(review.error, PLACES);
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<string[] | null>(null);
  const service = useService().data;
  const laws = chosen ?? service?.laws.map((one) => one.no) ?? [];
  const isNeeded = decision !== 'approve' || request.authority_kind === 'other_official';
  const time = (at_us: number) => moment(at_us, i18n.language, zoneStore.get());
  const [seen, setSeen] = useState(request); // as it was read: it is loaded anew under the form
  const isOld = isChanged(seen, request);
  const readAgain = () => {
    setSeen(request);
    review.reset();
  };
  const send = () => review.mutate({ id: request.id, decision, words: words.trim(), laws, seen: seen.version }, { onSuccess: onDone });
  return (
    <PaperFrame title={t(`do.${decision}`)} article={t(`article.${decision}`)} send={t(`do.${decision}`)} canSend={!isOld && (!isNeeded || words.trim() !== '')} isPending={review.isPending} rest={isOld ? null : rest} onSend={send} onDone={onDone}>
      {isOld && <ChangedNote seen={seen} now={request} onRead={readAgain} />}
      {decision === 'approve' && (
        <ul>
          <li>{t('basis.kind', { kind: request.authority_kind ? t(`kind.${request.authority_kind}`) : t('whose.internal') })}</li>
          <li>{t('basis.letter', { no: request.letter.no, served: time(request.letter.served_us) })}</li>
          <li>{t('basis.window', { from: time(request.window.start_us), until: time(request.window.end_us) })}</li>
          {request.origin === 'internal' && <li>{t('basis.olur', { no: request.olur_no })}</li>}
          {request.legal_basis && <li lang="tr">{request.legal_basis}</li>}
        </ul>
      )}
      {decision !== 'return' && <LawsField laws={service?.laws ?? []} value={laws} error={at('laws')} onChange={setChosen} />}
      <Alert color={decision === 'refuse' ? 'yellow' : 'gray'}>
        <Text size="sm">{t(`lock_after.${decision}`)}</Text>
        {decision === 'refuse' && request.holds.length > 0 && <Text size="sm">{t('lock_after.held', { numbers: request.holds.map((one) => one.number).join(', ') })}</Text>}
      </Alert>
      <Textarea autoFocus required={isNeeded} label={t(`words.${decision}`)} description={t(`words_hint.${decision === 'approve' && isNeeded ? 'other_official' : decision}`)} lang="tr" maxLength={decision === 'return' ? MOST * 4 : MOST} autosize minRows={decision === 'return' ? 3 : 2} value={words}
        error={at('words')} onChange={(event) => setWords(event.currentTarget.value)} />
    </PaperFrame>
  );
}
