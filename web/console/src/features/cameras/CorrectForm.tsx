/** A row of the history was written wrongly: its words, or since when it counts. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CameraHistory, type Placement, useCorrectPlacement } from '@/api/camera-register';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { PaperFrame } from '@/ui/PaperFrame';
import { MomentField } from '@/time/MomentField';
import { momentOf, typedOf } from '@/time/moment';
import { zoneStore } from '@/time/format';
import { differing, draftOf, PLACES, type WordField, WordFields } from './WordFields';

type Props = { camera: CameraHistory; placement: Placement; onDone: () => void };

export function CorrectForm({ onDone, ...given }: Props) {
  const [{ camera, placement }] = useState(given); // what was read when the form was opened, whatever comes meanwhile
  const { t } = useTranslation('cameras');
  const zone = zoneStore.get();
  const [shown] = useState(() => typedOf(placement.from_us, zone));
  const [draft, setDraft] = useState(draftOf(placement));
  const [since, setSince] = useState(shown);
  const correct = useCorrectPlacement();
  const { at, rest } = useFieldProblems<WordField>(correct.error, PLACES);
  const words = differing(draft, placement);
  const from_us = momentOf(since, zone);
  const isElsewhen = since.text !== shown.text; // the field holds no fractions of a second: untouched it says nothing
  const isOther = Object.keys(words).length > 0 || isElsewhen;
  const send = () =>
    correct.mutate({ id: camera.id, placement: placement.id, seen: camera.version, ...words, ...(isElsewhen ? { from_us } : {}) }, { onSuccess: onDone });
  return (
    <PaperFrame title={t('correct_named', { place: placement.site || placement.name })} article={t('correct_hint')} send={t('send_correction')} canSend={isOther && from_us !== null} isPending={correct.isPending} rest={rest} isTyped={isOther} onSend={send} onDone={onDone}>
      <WordFields draft={draft} at={at} onChange={setDraft} />
      <MomentField required label={t('field.since')} value={since} error={at('from_us')} onChange={setSince} />
    </PaperFrame>
  );
}
