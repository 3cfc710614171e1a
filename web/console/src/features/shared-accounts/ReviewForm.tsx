/** One review: who looked, what was decided, which cameras stay. */
import { Alert, Button, Fieldset, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type Choices, type ReviewBody, type SharedAccount, useReview } from '@/api/authority';
import { useMe } from '@/api/session';
import { useProblemWords } from '@/app/problem-words';
import { CameraScope } from '@/features/grants/CameraScope';
import { useFocusBack } from '@/state/useFocusBack';

type Props = { account: SharedAccount; choices: Choices; onDone: () => void };

export function ReviewForm({ account, choices, onDone }: Props) {
  useFocusBack();
  const { t } = useTranslation('authority');
  const words = useProblemWords();
  const me = useMe();
  const review = useReview();
  const before = account.reviews[0]?.camera_ids ?? [];
  const [reviewer, setReviewer] = useState(me?.display_name ?? '');
  const [decision, setDecision] = useState<ReviewBody['decision']>('keep');
  const [cameras, setCameras] = useState<string[]>(before);
  const [note, setNote] = useState('');
  const [olur, setOlur] = useState('');
  const isWider = cameras.some((id) => !before.includes(id));
  const canSend = reviewer.trim() !== '' && (decision === 'close' || (cameras.length > 0 && (!isWider || olur.trim() !== '')));
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (canSend) review.mutate({ id: account.account_id, reviewer, decision, cameras: decision === 'close' ? [] : cameras, note, olur }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={send} onKeyDown={(event) => event.key === 'Escape' && onDone()}>
      <Fieldset legend={t('shared.review')}>
        <Stack gap="sm">
          <TextInput autoFocus required label={t('shared.reviewer')} maxLength={200} value={reviewer} onChange={(event) => setReviewer(event.currentTarget.value)} />
          <SegmentedControl aria-label={t('shared.decision')} value={decision} onChange={setDecision}
            data={(['keep', 'reduce', 'close'] as const).map((value) => ({ value, label: t(`decision.${value}`) }))} />
          {decision === 'close' ? <Alert color="yellow">{t('closes', { count: account.open_views })}</Alert> : <CameraScope cameras={choices.cameras} chosen={cameras} onChange={setCameras} />}
          {decision !== 'close' && isWider && (
            <TextInput required label={t('shared.olur')} description={t('shared.olur_hint')} maxLength={200} value={olur} onChange={(event) => setOlur(event.currentTarget.value)} />
          )}
          <TextInput label={t('shared.note')} maxLength={500} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
          {review.error && <Alert color="red" role="alert">{words(review.error)}</Alert>}
          <Text size="sm" c="dimmed">{t('shared.six_months')}</Text>
          <Group>
            <Button type="submit" disabled={!canSend} loading={review.isPending}>{t('record')}</Button>
            <Button variant="default" onClick={onDone}>{t('cancel')}</Button>
          </Group>
        </Stack>
      </Fieldset>
    </form>
  );
}
