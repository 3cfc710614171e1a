/** Another place, name or number: whether the camera was moved, or was written wrongly, is asked and never guessed. */
import { Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CameraHistory, type Placement, useCorrectPlacement, useMoveCamera } from '@/api/camera-register';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { PaperFrame } from '@/ui/PaperFrame';
import { MomentField } from '@/time/MomentField';
import { momentOf, type Typed, UNTYPED } from '@/time/moment';
import { zoneStore } from '@/time/format';
import { differing, draftOf, PLACES, type WordField, WordFields } from './WordFields';

type How = 'moved' | 'correction';
type Props = { camera: CameraHistory; current: Placement; onDone: () => void };

export function PlaceForm({ onDone, ...given }: Props) {
  const [{ camera, current }] = useState(given); // what was read when the form was opened, whatever comes meanwhile
  const { t } = useTranslation('cameras');
  const [draft, setDraft] = useState(draftOf(current));
  const [how, setHow] = useState<How | null>(null);
  const [since, setSince] = useState<Typed>(UNTYPED);
  const [move, correct] = [useMoveCamera(), useCorrectPlacement()];
  const act = how === 'correction' ? correct : move;
  const { at, rest } = useFieldProblems<WordField>(act.error, PLACES);
  const words = differing(draft, current);
  const from_us = momentOf(since, zoneStore.get());
  const isOther = Object.keys(words).length > 0;
  const canSend = isOther && (how === 'correction' || (how === 'moved' && from_us !== null));
  const send = () => {
    const told = { id: camera.id, seen: camera.version, ...words };
    if (how === 'correction') correct.mutate({ ...told, placement: current.id }, { onSuccess: onDone });
    if (how === 'moved' && from_us !== null) move.mutate({ ...told, from_us }, { onSuccess: onDone });
  };
  return (
    <PaperFrame title={t('change')} article={t('change_hint')} send={how === 'moved' ? t('send_move') : t('send_correction')} canSend={canSend} isPending={act.isPending} rest={rest} isTyped={isOther} onSend={send} onDone={onDone}>
      <WordFields draft={draft} at={at} onChange={setDraft} />
      <Radio.Group label={t('how.label')} value={how} onChange={setHow}>
        <Stack gap="xs" mt={6}>
          {(['moved', 'correction'] as const).map((value) => <Radio key={value} value={value} label={t(`how.${value}`)} description={t(`how.${value}_hint`)} />)}
        </Stack>
      </Radio.Group>
      {how === 'moved' && <MomentField required label={t('field.since')} description={t('field.since_hint')} value={since} error={at('from_us')} onChange={setSince} />}
    </PaperFrame>
  );
}
