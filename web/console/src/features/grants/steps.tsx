/** The questions of the application, one component a step. */
import { Alert, NumberInput, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccountChoice, Choices } from '@/api/authority';
import { CameraScope } from './CameraScope';
import type { Draft } from './draft';
import { Facts } from './Facts';
import { modesOf } from './GrantsPage';
import { paperDay } from './paper-day';

export type StepProps = { draft: Draft; set: (more: Partial<Draft>) => void; choices: Choices; account: AccountChoice | null };

export function PersonStep({ draft, set, choices, account }: StepProps) {
  const { t, i18n } = useTranslation('authority');
  const people = choices.accounts.filter((one) => one.papers.includes('olur') && one.person_id !== null);
  return (
    <>
      <Select searchable label={t('field.person')} description={t('field.person_hint')} value={draft.account} nothingFoundMessage={t('field.nobody')}
        data={people.map((one) => ({ value: one.id, label: `${one.display_name} · ${one.name}${one.unit_name ? ` — ${one.unit_name}` : ''}` }))}
        onChange={(value) => set({ account: value })} />
      {account && <Facts rows={[[t('field.unit'), account.unit_name || '—'], [t('field.agreement'), account.agreement_on ? paperDay(account.agreement_on, i18n.language) : t('missing.nda_missing')]]} />}
    </>
  );
}

export function OlurStep({ draft, set, choices }: StepProps) {
  const { t } = useTranslation('authority');
  return (
    <>
      <TextInput label={t('field.olur_no')} description={t('field.olur_hint')} maxLength={60} value={draft.olurNo} onChange={(event) => set({ olurNo: event.currentTarget.value })} />
      <TextInput type="date" label={t('field.olur_on')} value={draft.olurOn} onChange={(event) => set({ olurOn: event.currentTarget.value })} />
      <Select label={t('field.issuer')} description={t('field.issuer_hint')} allowDeselect={false} value={draft.issuer}
        data={choices.olur_issuers.map((value) => ({ value, label: t(`issuer.${value}`) }))} onChange={(value) => value && set({ issuer: value })} />
      <TextInput type="date" label={t('field.ends_on')} description={t('field.ends_hint')} value={draft.endsOn} onChange={(event) => set({ endsOn: event.currentTarget.value })} />
    </>
  );
}

export function ScopeStep({ draft, set, choices }: StepProps) {
  const { t } = useTranslation('authority');
  return (
    <>
      <CameraScope cameras={choices.cameras} chosen={draft.cameras} onChange={(cameras) => set({ cameras })} />
      <Switch label={t('mode.live')} checked={draft.isLive} onChange={(event) => set({ isLive: event.currentTarget.checked })} />
      <Switch label={t('mode.playback')} description={t('field.playback_hint')} checked={draft.isPlayback} onChange={(event) => set({ isPlayback: event.currentTarget.checked })} />
      <Textarea label={t('field.purpose')} required maxLength={500} autosize minRows={2} value={draft.purpose} onChange={(event) => set({ purpose: event.currentTarget.value })} />
      <NumberInput label={t('field.days')} description={t('field.days_hint', { count: choices.most_days })} min={1} max={choices.most_days} clampBehavior="strict"
        value={draft.days} onChange={(value) => set({ days: Number(value) || choices.most_days })} />
    </>
  );
}

export function TrainingStep({ draft, set }: StepProps) {
  const { t } = useTranslation('authority');
  return (
    <TextInput label={t('field.training')} description={t('field.training_hint')} maxLength={200} value={draft.training} onChange={(event) => set({ training: event.currentTarget.value })} />
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
