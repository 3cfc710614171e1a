/** What can be done with a hold now: sign its record, carry it on by another one, release it by decision. */
import { Alert, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHoldRecords } from '@/api/deliveries';
import type { Letter } from '@/api/footage';
import { type HoldDetail, useExtendHold, useReleaseHold, useSignHold } from '@/api/holds';
import { newKey } from '@/api/once';
import { useMe } from '@/api/session';
import { useProblemWords } from '@/ui/problem-words';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { PaperFrame } from '@/ui/PaperFrame';
import { useNavigate } from '@tanstack/react-router';
import { may } from '@/state/duty';
import { LetterChoice } from '@/features/requests/LetterChoice';
import { zoneStore } from '@/time/format';
import { localDay } from '@/time/local-time';
import { RECORDS } from './records';

export function HoldActions({ hold }: { hold: HoldDetail }) {
  const { t } = useTranslation('holds');
  const me = useMe();
  const words = useProblemWords();
  const sign = useSignHold();
  const isRecordSigned = useHoldRecords(hold.id).data?.some((one) => one.kind === RECORDS[hold.basis] && one.state === 'signed') ?? false;
  const maySign = hold.state === 'open' && may(me, 'sign_record');
  const [open, setOpen] = useState<'extend' | 'release' | null>(null);
  if (hold.ended_us !== null) return null;
  return (
    <Stack gap="sm" my="md">
      <Group>
        {maySign && isRecordSigned && <Button loading={sign.isPending} onClick={() => sign.mutate(hold.id)}>{t('do.sign')}</Button>}
        {may(me, 'place_hold') && <Button variant="default" aria-expanded={open === 'extend'} onClick={() => setOpen('extend')}>{t('do.extend')}</Button>}
        {may(me, 'sign_record') && <Button variant="default" aria-expanded={open === 'release'} onClick={() => setOpen('release')}>{t('do.release')}</Button>}
      </Group>
      {maySign && !isRecordSigned && <Text size="sm">{t('sign_needs', { kind: RECORDS[hold.basis] })}</Text>}
      {sign.error && <Alert color="red" role="alert">{words(sign.error)}</Alert>}
      {open === 'extend' && <ExtendForm hold={hold} onDone={() => setOpen(null)} />}
      {open === 'release' && <ReleaseForm hold={hold} onDone={() => setOpen(null)} />}
    </Stack>
  );
}

type Props = { hold: HoldDetail; onDone: () => void };

/** Longer is another hold with a reason of its own; this one's end stays. */
function ExtendForm({ hold, onDone }: Props) {
  const { t } = useTranslation('holds');
  const navigate = useNavigate();
  const extend = useExtendHold();
  const { at, rest } = useFieldProblems<'reason'>(extend.error, { reason_required: 'reason' });
  const [reason, setReason] = useState('');
  const [key] = useState(newKey); // sent again because no answer came, it makes no twin
  const { basis, institution, contact, asked_how, incident, place, incident_us } = hold;
  const send = () =>
    extend.mutate(
      { id: hold.id, basis, institution, contact, asked_how, incident, place, incident_us, reason: reason.trim(), key },
      { onSuccess: (made) => void navigate({ to: '/holds/$id', params: { id: made.id } }).then(onDone) },
    );
  return (
    <PaperFrame title={t('do.extend')} article={t('extend_says')} send={t('do.extend')} canSend={reason.trim() !== ''} isPending={extend.isPending} rest={rest} onSend={send} onDone={onDone}>
      <Textarea autoFocus required label={t('field.new_reason')} lang="tr" maxLength={500} autosize minRows={2} value={reason} error={at('reason')} onChange={(event) => setReason(event.currentTarget.value)} />
    </PaperFrame>
  );
}

const DECISIONS = { release_decision_missing: 'decision', release_decision_old: 'decision', letter_unfiled: 'decision', letter_not_found: 'decision', reason_required: 'why' } as const;

/** By a written decision that is in the register of letters with its file. */
function ReleaseForm({ hold, onDone }: Props) {
  const { t } = useTranslation('holds');
  const release = useReleaseHold();
  const { at, rest } = useFieldProblems<'decision' | 'why'>(release.error, DECISIONS);
  const [decision, setDecision] = useState<Letter | null>(null);
  const [why, setWhy] = useState('');
  const placed_on = localDay(hold.starts_us, zoneStore.get());
  return (
    <PaperFrame title={t('do.release')} send={t('do.release')} canSend={decision !== null && why.trim() !== ''} isPending={release.isPending} rest={rest} onDone={onDone}
      onSend={() => decision && release.mutate({ id: hold.id, decision_id: decision.id, why: why.trim() }, { onSuccess: onDone })}>
      <Alert color="yellow">{t('release_says')}</Alert>
      <LetterChoice label={t('field.decision')} hint={t('field.decision_hint')} value={decision} error={at('decision')} fits={(one) => one.on >= placed_on} onChange={setDecision} />
      <TextInput required label={t('field.why')} lang="tr" maxLength={500} value={why} error={at('why')} onChange={(event) => setWhy(event.currentTarget.value)} />
    </PaperFrame>
  );
}
