/** Correcting a letter that nothing was decided on; noting the number that EBYS gave later. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Letter, useChangeLetter } from '@/api/letters';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { PaperFrame } from '@/ui/PaperFrame';
import { zoneStore } from '@/time/format';
import { bodyOf, changeOf, draftOf, PLACES } from './draft';
import { EbysFields, LetterFields } from './LetterFields';

/** `onTyped`: something was typed that is not sent yet. */
type Props = { letter: Letter; isTyped: boolean; onTyped: () => void; onDone: () => void };

export function ChangeLetter({ letter, isTyped, onTyped, onDone }: Props) {
  const { t } = useTranslation('letters');
  const zone = zoneStore.get();
  const [draft, setDraft] = useState(() => draftOf(letter, zone));
  const put = (next: typeof draft) => {
    setDraft(next);
    onTyped();
  };
  const change = useChangeLetter(letter.id);
  const { at, rest } = useFieldProblems(change.error, PLACES);
  const body = bodyOf(draft, zone);
  const changed = body && changeOf(body, letter);
  const canSend = changed !== null && Object.keys(changed).length > 0;
  return (
    <PaperFrame title={t('correct')} article={t('correct_says')} canSend={canSend} isPending={change.isPending} rest={rest} isTyped={isTyped} onDone={onDone}
      onSend={() => changed && change.mutate(changed, { onSuccess: onDone })}>
      <LetterFields draft={draft} id={letter.id} at={at} onChange={put} />
    </PaperFrame>
  );
}

export function NoteEbys({ letter, isTyped, onTyped, onDone }: Props) {
  const { t } = useTranslation('letters');
  const [draft, setDraft] = useState({ ebysNo: '', ebysOn: '' });
  const put = (more: Partial<typeof draft>) => {
    setDraft((before) => ({ ...before, ...more }));
    onTyped();
  };
  const change = useChangeLetter(letter.id);
  const { at, rest } = useFieldProblems(change.error, PLACES);
  const ebys_no = draft.ebysNo.trim();
  const send = () => change.mutate({ ebys_no, ebys_on: draft.ebysOn || null }, { onSuccess: onDone });
  return (
    <PaperFrame title={t('note_ebys')} canSend={ebys_no !== ''} isPending={change.isPending} rest={rest} isTyped={isTyped} onSend={send} onDone={onDone}>
      <EbysFields draft={draft} hasFocus at={at} onChange={put} />
    </PaperFrame>
  );
}
