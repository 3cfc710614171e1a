/** `/holds/new`: keeping footage for 90 days on one of two bases; what exists is shown before it is placed. */
import { Alert, Button, Group, Radio, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type RequestChoices, useRequestChoices } from '@/api/footage';
import { BASES, type HoldScope, useHoldAsks, useHoldPreview, usePlaceHold } from '@/api/holds';
import { useMe } from '@/api/session';
import { useProblemWords } from '@/ui/problem-words';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { NotYourDuty } from '@/ui/ListState';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { AvailabilityMatrix } from '@/features/availability';
import grants from '@/ui/papers.module.css';
import { may } from '@/state/duty';
import { MomentField } from '@/time/MomentField';
import { cameraNames } from '@/ui/camera-names';
import classes from '@/features/requests/requests.module.css';
import { HOLD_DAYS } from '@/features/requests/rules';
import { ScopeFields } from '@/features/requests/ScopeFields';
import { unreadableIn, useFirstWrong } from '@/features/requests/useFirstWrong';
import { US_PER_DAY } from '@/time/zoneTime';
import { dayOf, zoneStore } from '@/time/format';
import { serverClock } from '@/time/server-clock';
import { bodyOf, draftOfAsk, type HoldDraft, useDraft, wrongsOf } from './draft';

const REST_MS = 500;
const PLACES: Readonly<Record<string, string>> = {
  reason_required: 'reason', institution_required: 'institution', incident_required: 'incident', cameras_missing: 'cameras', cameras_too_many: 'cameras', camera_not_found: 'cameras',
  camera_days_too_many: 'intervals', intervals_too_many: 'intervals', interval_empty: 'intervals', interval_too_long: 'intervals', interval_in_future: 'intervals',
}; // prettier-ignore

export function NewHoldPage() {
  const { t } = useTranslation('holds');
  const me = useMe();
  const isDuty = may(me, 'place_hold');
  const { ask } = useSearch({ from: '/signed-in/shell/holds/new' });
  const choices = useRequestChoices(isDuty);
  const asks = useHoldAsks(isDuty && ask !== undefined);
  if (me && !isDuty) return <div className={classes['page']}><NotYourDuty whose={t('duty_place')} /></div>;
  if (choices.error && !choices.data) return <PageFailure error={choices.error} onRetry={() => void choices.refetch()} />;
  if (!choices.data || (ask !== undefined && !asks.data && !asks.error)) return <PageLoading />;
  const asked = asks.data?.find((one) => one.id === ask);
  return <HoldForm choices={choices.data} askId={asked?.id ?? null} first={asked ? draftOfAsk(asked, zoneStore.get()) : null} />;
}

function HoldForm({ choices, askId, first }: { choices: RequestChoices; askId: string | null; first: HoldDraft | null }) {
  const { t, i18n } = useTranslation('holds');
  const { t: requests } = useTranslation('requests');
  const navigate = useNavigate();
  const [begun] = useState(first);
  const { draft, set, forget } = useDraft(begun, useSearch({ from: '/signed-in/shell/holds/new' }));
  const [isTried, setTried] = useState(false);
  const place = usePlaceHold();
  const showFirstWrong = useFirstWrong();
  const zone = zoneStore.get();
  const now_us = serverClock.now_us();
  const wrongs = wrongsOf(draft, zone, now_us);
  const refused = useFieldProblems(place.error, PLACES);
  const at = (field: string): string | null => {
    const wrong = wrongs[field];
    return wrong && isTried ? requests(`wrong.${wrong}`) : refused.at(field);
  };
  const send = async () => {
    const hold = await place.mutateAsync({ ...bodyOf(draft, zone), ask_id: askId });
    forget();
    await navigate({ to: '/holds/$id', params: { id: hold.id } });
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    const unreadable = unreadableIn(event.currentTarget);
    if (unreadable) unreadable.focus();
    else if (Object.keys(wrongs).length === 0) void send().catch(() => undefined); // said below
    else showFirstWrong(event.currentTarget);
  };
  const isScopeWhole = !Object.keys(wrongs).some((field) => /^(cameras|intervals|from|until)/.test(field));
  return (
    <div className={classes['page']}>
      <Title order={1}>{t('new')}</Title>
      <Text c="dimmed" size="sm" mb="md">{t('new_says')}</Text>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Stack className={classes['form'] ?? ''}>
            <Radio.Group label={t('field.basis')} value={draft.basis} onChange={(basis) => set({ basis })}>
              <Stack gap="xs" mt={6}>{BASES.map((value, index) => <Radio key={value} value={value} label={t(`basis.${value}`)} description={t(`basis_hint.${value}`)} autoFocus={index === 0} />)}</Stack>
            </Radio.Group>
            {draft.basis === 'unwritten_request' ? <AskedFields draft={draft} set={set} at={at} /> : <IncidentFields draft={draft} set={set} at={at} />}
            <Textarea label={t('field.reason')} description={t(`field.reason_${draft.basis}`)} required withAsterisk={false} lang="tr" maxLength={500} autosize minRows={2} value={draft.reason} error={at('reason')}
              onChange={(event) => set({ reason: event.currentTarget.value })} />
            <ScopeFields scope={draft} cameras={choices.cameras} at={at} onChange={({ cameras, intervals }) => set({ cameras, intervals })} latestHint={t('latest')} />
          </Stack>
          <Found scope={isScopeWhole ? scopeOf(draft, zone) : null} cameras={choices.cameras} />
          <Alert color="gray">{t('ends', { day: dayOf(now_us + HOLD_DAYS * US_PER_DAY, i18n.language) })}</Alert>
          {refused.rest && <Alert color="red" role="alert">{refused.rest}</Alert>}
          <Group><Button type="submit" loading={place.isPending}>{t('place')}</Button></Group>
        </Stack>
      </form>
    </div>
  );
}

const scopeOf = (draft: HoldDraft, zone: string): HoldScope => {
  const { cameras, intervals } = bodyOf(draft, zone);
  return { cameras, intervals };
};

type FieldProps = { draft: HoldDraft; set: (more: Partial<HoldDraft>) => void; at: (field: string) => string | null };

function AskedFields({ draft, set, at }: FieldProps) {
  const { t } = useTranslation('holds');
  return (
    <>
      <TextInput label={t('field.institution')} required withAsterisk={false} lang="tr" maxLength={200} value={draft.institution} error={at('institution')} onChange={(event) => set({ institution: event.currentTarget.value })} />
      <div className={grants['pair']}>
        <TextInput label={t('field.contact')} lang="tr" maxLength={200} value={draft.contact} onChange={(event) => set({ contact: event.currentTarget.value })} />
        <TextInput label={t('field.asked_how')} lang="tr" maxLength={200} value={draft.askedHow} onChange={(event) => set({ askedHow: event.currentTarget.value })} />
      </div>
    </>
  );
}

function IncidentFields({ draft, set, at }: FieldProps) {
  const { t } = useTranslation('holds');
  return (
    <>
      <Textarea label={t('field.incident')} required withAsterisk={false} lang="tr" maxLength={500} autosize minRows={2} value={draft.incident} error={at('incident')} onChange={(event) => set({ incident: event.currentTarget.value })} />
      <div className={grants['pair']}>
        <TextInput label={t('field.place')} lang="tr" maxLength={200} value={draft.place} onChange={(event) => set({ place: event.currentTarget.value })} />
        <MomentField label={t('field.incident_at')} value={draft.incidentAt} error={at('incidentAt')} onChange={(incidentAt) => set({ incidentAt })} />
      </div>
    </>
  );
}

/** What exists of it, asked when the typing rests. */
function Found({ scope, cameras }: { scope: HoldScope | null; cameras: RequestChoices['cameras'] }) {
  const { t } = useTranslation('holds');
  const words = useProblemWords();
  const key = scope === null ? null : JSON.stringify(scope);
  const [rested] = useDebouncedValue(key, REST_MS);
  const preview = useHoldPreview(useMemo(() => (rested === null ? null : (JSON.parse(rested) as HoldScope)), [rested]));
  const names = useMemo(() => cameraNames(cameras), [cameras]);
  if (key === null) return <Text c="dimmed" size="sm">{t('found_first')}</Text>;
  if (preview.error) return <Alert color="red" role="alert">{words(preview.error)}</Alert>;
  if (!preview.data || rested !== key) return <PageLoading />;
  return (
    <>
      {preview.data.found === 'unavailable' && <Alert color="yellow" role="status">{t('nothing')}</Alert>}
      <AvailabilityMatrix items={preview.data.items} cameras={names} label={t('found')} />
    </>
  );
}
