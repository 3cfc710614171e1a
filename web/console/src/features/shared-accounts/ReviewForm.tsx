/** One review: who looked, what was decided, which cameras stay. */
import { Alert, SegmentedControl, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Choices, type ReviewBody, type SharedAccount, useReview } from '@/api/authority';
import { useMe } from '@/api/session';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { CameraScope } from '@/features/grants/CameraScope';
import { PaperFrame } from '@/ui/PaperFrame';

const PLACES = { reviewer_missing: 'reviewer', cameras_missing: 'cameras', camera_not_found: 'cameras', olur_missing: 'olur', note_invalid: 'note' } as const;

type Props = { account: SharedAccount; choices: Choices; onDone: () => void };

export function ReviewForm({ account, choices, onDone }: Props) {
  const { t } = useTranslation('authority');
  const me = useMe();
  const review = useReview();
  const { at, rest } = useFieldProblems(review.error, PLACES);
  const before = account.reviews[0]?.camera_ids ?? [];
  const [reviewer, setReviewer] = useState(me?.display_name ?? '');
  const [decision, setDecision] = useState<ReviewBody['decision']>('keep');
  const [cameras, setCameras] = useState<string[]>(before);
  const [note, setNote] = useState('');
  const [olur, setOlur] = useState('');
  const isWider = cameras.some((id) => !before.includes(id));
  const canSend = reviewer.trim() !== '' && (decision === 'close' || (cameras.length > 0 && (!isWider || olur.trim() !== '')));
  const send = () => review.mutate({ id: account.account_id, reviewer, decision, cameras: decision === 'close' ? [] : cameras, note, olur }, { onSuccess: onDone });
  return (
    <PaperFrame title={t('shared.review')} canSend={canSend} isPending={review.isPending} rest={rest} onSend={send} onDone={onDone}>
      <TextInput autoFocus required label={t('shared.reviewer')} maxLength={200} value={reviewer} error={at('reviewer')} onChange={(event) => setReviewer(event.currentTarget.value)} />
      <SegmentedControl aria-label={t('shared.decision')} value={decision} onChange={setDecision}
        data={(['keep', 'reduce', 'close'] as const).map((value) => ({ value, label: t(`decision.${value}`) }))} />
      {decision === 'close' ? <Alert color="yellow">{t('closes', { count: account.open_views })}</Alert> : <CameraScope cameras={choices.cameras} chosen={cameras} error={at('cameras')} onChange={setCameras} />}
      {decision !== 'close' && (isWider || at('olur')) && (
        <TextInput required label={t('shared.olur')} description={t('shared.olur_hint')} maxLength={200} value={olur} error={at('olur')} onChange={(event) => setOlur(event.currentTarget.value)} />
      )}
      <TextInput label={t('shared.note')} maxLength={500} value={note} error={at('note')} onChange={(event) => setNote(event.currentTarget.value)} />
      <Text size="sm" c="dimmed">{t('shared.six_months')}</Text>
    </PaperFrame>
  );
}
