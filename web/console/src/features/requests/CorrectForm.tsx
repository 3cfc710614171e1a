/** Correcting what was entered before anybody decides on it: cameras and intervals stay, another letter asks for others. */
import { Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AUTHORITY_KINDS, type RequestDetail, useCorrectRequest } from '@/api/footage';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { PaperFrame } from '@/ui/PaperFrame';
import { type Correction, correctionBody, correctionOf } from './correction';

const PLACES = { subject_required: 'subject', file_no_invalid: 'fileNo', note_invalid: 'place', legal_basis_missing: 'legalBasis' } as const;

export function CorrectForm({ request, onDone }: { request: RequestDetail; onDone: () => void }) {
  const { t } = useTranslation('requests');
  const correct = useCorrectRequest();
  const { at, rest } = useFieldProblems<'subject' | 'fileNo' | 'place' | 'legalBasis'>(correct.error, PLACES);
  const [begun] = useState(request);
  const [now, setNow] = useState<Correction>(correctionOf(request));
  const set = (more: Partial<Correction>) => setNow((before) => ({ ...before, ...more }));
  const body = correctionBody(begun, now);
  return (
    <PaperFrame title={t('do.correct')} article={t('article.correct')} send={t('do.correct')} canSend={now.subject.trim() !== '' && Object.keys(body).length > 0} isPending={correct.isPending} rest={rest} onDone={onDone}
      onSend={() => correct.mutate({ id: request.id, body }, { onSuccess: onDone })}>
      <TextInput autoFocus required withAsterisk={false} label={t('field.subject')} lang="tr" maxLength={500} value={now.subject} error={at('subject')} onChange={(event) => set({ subject: event.currentTarget.value })} />
      <TextInput label={t('field.file_no')} maxLength={120} value={now.fileNo} error={at('fileNo')} onChange={(event) => set({ fileNo: event.currentTarget.value })} />
      <TextInput label={t('field.place')} lang="tr" maxLength={500} value={now.place} error={at('place')} onChange={(event) => set({ place: event.currentTarget.value })} />
      {now.kind !== null && <Select allowDeselect={false} label={t('field.kind')} value={now.kind} data={AUTHORITY_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))} onChange={(kind) => kind && set({ kind })} />}
      {now.kind === 'other_official' && <Textarea required withAsterisk={false} label={t('field.legal_basis')} lang="tr" maxLength={500} autosize minRows={2} value={now.legalBasis} error={at('legalBasis')} onChange={(event) => set({ legalBasis: event.currentTarget.value })} />}
    </PaperFrame>
  );
}
