/** The questions of the application, one component a step. */
import { Alert, Input, NumberInput, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccountChoice, Choices } from '@/api/authority';
import { DateField } from '@/time/DateField';
import { CameraScope } from './CameraScope';
import type { Draft } from './draft';
import { Facts } from '@/ui/Facts';
import { modesOf } from './GrantsPage';
import { paperDay } from '@/time/paper-day';

/** The fields of an application by the API's names. */
export type StepField = 'account_id' | 'olur' | 'on' | 'issuer' | 'ends_on' | 'cameras' | 'mode' | 'purpose' | 'days' | 'training';

/** `at`: what was refused of a field; `isFirst`: the first field takes the focus. */
export type StepProps = {
  draft: Draft;
  set: (more: Partial<Draft>) => void;
  choices: Choices;
  account: AccountChoice | null;
  at?: (field: StepField) => string | null;
  isFirst?: boolean;
};

/** Which field a refusal belongs to. */
export const STEP_PLACES: Readonly<Record<string, StepField>> = {
  same_person: 'account_id', not_staff: 'account_id', person_missing: 'account_id', account_disabled: 'account_id', paper_not_for_role: 'account_id',
  shared_account_not_allowed: 'account_id', olur_missing: 'olur', letter_in_future: 'on', olur_wrong_issuer: 'issuer', until_in_the_past: 'ends_on',
  cameras_missing: 'cameras', camera_not_found: 'cameras', grant_without_mode: 'mode', purpose_missing: 'purpose', grant_too_long: 'days', grant_too_short: 'days',
  training_missing: 'training',
}; // prettier-ignore

const none = () => null;

/** `exceptId`: an account that is no choice: whose grant it is now. */
export function PersonStep({ draft, set, choices, account, at = none, isFirst = false, exceptId }: StepProps & { exceptId?: string }) {
  const { t, i18n } = useTranslation('authority');
  const people = choices.accounts.filter((one) => one.papers.includes('olur') && one.person_id !== null && one.id !== exceptId);
  return (
    <>
      <Select searchable autoFocus={isFirst} openOnFocus={!isFirst} label={t('field.person')} description={t('field.person_hint')} value={draft.account} nothingFoundMessage={t('field.nobody')} error={at('account_id')}
        data={people.map((one) => ({ value: one.id, label: `${one.display_name} · ${one.name}${one.unit_name ? ` — ${one.unit_name}` : ''}` }))}
        onChange={(value) => set({ account: value })} />
      {account && <Facts rows={[[t('field.unit'), account.unit_name || '—'], [t('field.agreement'), account.agreement_on ? paperDay(account.agreement_on, i18n.language) : t('missing.nda_missing')]]} />}
    </>
  );
}

/** `isNew`: it has to be there, and to be another than before. */
export function OlurStep({ draft, set, choices, at = none, isFirst = false, isNew = false }: StepProps & { isNew?: boolean }) {
  const { t } = useTranslation('authority');
  return (
    <>
      <TextInput autoFocus={isFirst} required={isNew} label={t('field.olur_no')} description={isNew ? null : t('field.olur_hint')} maxLength={60} value={draft.olurNo} error={at('olur')} onChange={(event) => set({ olurNo: event.currentTarget.value })} />
      <DateField required={isNew} label={t('field.olur_on')} value={draft.olurOn} error={at('on')} onChange={(olurOn) => set({ olurOn })} />
      <Select label={t('field.issuer')} description={t('field.issuer_hint')} allowDeselect={false} value={draft.issuer} error={at('issuer')}
        data={choices.olur_issuers.map((value) => ({ value, label: t(`issuer.${value}`) }))} onChange={(value) => value && set({ issuer: value })} />
      <DateField label={t('field.ends_on')} description={t('field.ends_hint')} value={draft.endsOn} error={at('ends_on')} onChange={(endsOn) => set({ endsOn })} />
    </>
  );
}

export function ScopeStep({ draft, set, choices, at = none }: StepProps) {
  const { t } = useTranslation('authority');
  return (
    <>
      <CameraScope cameras={choices.cameras} chosen={draft.cameras} error={at('cameras')} onChange={(cameras) => set({ cameras })} />
      <Switch label={t('mode.live')} checked={draft.isLive} onChange={(event) => set({ isLive: event.currentTarget.checked })} />
      <Switch label={t('mode.playback')} description={t('field.playback_hint')} checked={draft.isPlayback} onChange={(event) => set({ isPlayback: event.currentTarget.checked })} />
      {at('mode') && <Input.Error role="alert">{at('mode')}</Input.Error>}
      <Textarea label={t('field.purpose')} required maxLength={500} autosize minRows={2} value={draft.purpose} error={at('purpose')} onChange={(event) => set({ purpose: event.currentTarget.value })} />
      <NumberInput label={t('field.days')} description={t('field.days_hint', { count: choices.most_days })} min={1} max={choices.most_days} clampBehavior="strict"
        error={at('days')} value={draft.days} onChange={(value) => set({ days: Number(value) || choices.most_days })} />
    </>
  );
}

export function TrainingStep({ draft, set, at = none }: StepProps) {
  const { t } = useTranslation('authority');
  return (
    <TextInput label={t('field.training')} description={t('field.training_hint')} maxLength={200} value={draft.training} error={at('training')} onChange={(event) => set({ training: event.currentTarget.value })} />
  );
}

export function Check({ draft, choices, account }: StepProps) {
  const { t, i18n } = useTranslation('authority');
  const names = choices.cameras.filter((camera) => draft.cameras.includes(camera.id)).map((camera) => `${camera.number} · ${camera.name}`);
  const agreement = account?.agreement_on ?? (draft.agreementOn || null);
  const open = [!draft.olurNo.trim() && 'olur_missing', !agreement && 'nda_missing', !draft.training.trim() && 'training_missing'].filter((code) => code !== false);
  return (
    <Stack>
      <Facts
        rows={[
          [t('field.person'), account ? `${account.display_name} · ${account.name}` : '—'],
          [t('field.olur_no'), draft.olurNo ? `${draft.olurNo} · ${paperDay(draft.olurOn, i18n.language)} · ${t(`issuer.${draft.issuer}`)}` : '—'],
          [t('field.ends_on'), paperDay(draft.endsOn, i18n.language)],
          [t('column.sees'), t(modesOf({ is_live: draft.isLive, is_playback: draft.isPlayback }))],
          [t('scope.cameras'), names.join(', ')],
          [t('field.purpose'), draft.purpose],
          [t('field.days'), String(draft.days)],
          [t('field.agreement'), paperDay(agreement, i18n.language)],
          [t('field.training'), draft.training || '—'],
        ]}
      />
      {open.map((code) => <Alert key={code} color="yellow">{t(`missing.${code}`)}</Alert>)}
      <Alert color="gray">{t(choices.two_person ? 'second_person' : 'one_person')}</Alert>
    </Stack>
  );
}
