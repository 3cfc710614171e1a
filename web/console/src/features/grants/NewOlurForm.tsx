/** Another person, or other cameras: both stand on a new Olur, as a new grant. What happens to this one is said before. */
import { Alert } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Choices, type GrantDetail, useChangeScope, useChoices, useReplacePerson } from '@/api/authority';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { contentOf, type Draft, EMPTY } from './draft';
import { PaperFrame } from '@/ui/PaperFrame';
import { OlurStep, PersonStep, ScopeStep, STEP_PLACES, TrainingStep } from './steps';

type Props = { grant: GrantDetail; changes: 'person' | 'scope'; onDone: () => void };

export function NewOlurForm(props: Props) {
  const choices = useChoices();
  if (choices.error && !choices.data) return <PageFailure error={choices.error} onRetry={() => void choices.refetch()} />;
  return choices.data ? <Form {...props} choices={choices.data} /> : <PageLoading />;
}

function Form({ grant, changes, choices, onDone }: Props & { choices: Choices }) {
  const { t } = useTranslation('authority');
  const navigate = useNavigate();
  const replace = useReplacePerson();
  const change = useChangeScope();
  const [draft, setDraft] = useState(() => draftOf(grant, changes));
  const { at, rest } = useFieldProblems(replace.error ?? change.error, STEP_PLACES);
  const set = (more: Partial<Draft>) => setDraft((before) => ({ ...before, ...more }));
  const isPerson = changes === 'person';
  const account = choices.accounts.find((one) => one.id === draft.account) ?? null;
  const hasOlur = draft.olurNo.trim() !== '' && draft.olurOn !== '';
  const hasScope = draft.cameras.length > 0 && (draft.isLive || draft.isPlayback) && draft.purpose.trim() !== '';
  const steps = { draft, set, choices, account, at };

  const send = () => {
    const onSuccess = ({ id }: GrantDetail) => void navigate({ to: '/grants/$id', params: { id } });
    if (isPerson && draft.account) replace.mutate({ id: grant.id, account_id: draft.account, ...contentOf(draft) }, { onSuccess });
    else if (!isPerson) change.mutate({ id: grant.id, ...contentOf(draft) }, { onSuccess });
  };
  return (
    <PaperFrame title={t(`do.${changes}`)} article={t(`article.new_${changes}`)} send={t(`send_${changes}`)} canSend={hasOlur && hasScope && (!isPerson || draft.account !== null)}
      isPending={replace.isPending || change.isPending} rest={rest} onSend={send} onDone={onDone}>
      <Alert color="yellow">{isPerson ? `${t('ends_now', { number: grant.number })} ${t('closes', { count: grant.open_views })}` : t('goes_on', { number: grant.number })}</Alert>
      {isPerson && <PersonStep {...steps} isFirst exceptId={grant.account_id} />}
      <OlurStep {...steps} isFirst={!isPerson} isNew />
      <ScopeStep {...steps} />
      <TrainingStep {...steps} />
    </PaperFrame>
  );
}

/** What stays as it is; the Olur is new, the training is the person's. */
function draftOf(grant: GrantDetail, changes: Props['changes']): Draft {
  const { camera_ids: cameras, is_live: isLive, is_playback: isPlayback, purpose } = grant;
  return { ...EMPTY, cameras, isLive, isPlayback, purpose, training: changes === 'scope' ? grant.training : '' };
}
