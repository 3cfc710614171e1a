/** Whose request it is: an authority, an own unit, or somebody who may only apply. */
import { Alert, Autocomplete, Radio, Stack, Switch, Text, Textarea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { AUTHORITY_KINDS } from '@/api/footage';
import { Facts } from '@/ui/Facts';
import type { Whose } from './draft';
import { isInternal } from './draft';
import type { PageProps } from './page';
import classes from './requests.module.css';

const WHOSE: readonly Whose[] = ['external', 'internal', 'applicant'];

export function FromPage({ draft, set, at, choices, units, letter }: PageProps) {
  const { t } = useTranslation('requests');
  const directory = choices.authorities.filter((one) => one.kind === draft.kind).map((one) => one.name);
  const known = isInternal(draft) ? units : [...new Set([...choices.senders, ...directory])];
  return (
    <>
      {letter && <Facts rows={[[t('field.whose'), t(`whose.${draft.whose}`)], [t(isInternal(draft) ? 'field.unit' : 'field.sender'), <span key="sender" lang="tr">{letter.sender_name}</span>]]} />}
      {!letter && (
        <Radio.Group label={t('field.whose')} value={draft.whose} onChange={(value) => set({ whose: value, sender: '' })}>
          <Stack gap="xs" mt={6}>{WHOSE.map((value, index) => <Radio key={value} value={value} label={t(`whose.${value}`)} autoFocus={index === 0} />)}</Stack>
        </Radio.Group>
      )}
      {draft.whose === 'applicant' && (
        <Alert color="yellow" role="status">
          <Text size="sm">{t('applicant_says')}</Text>
          <Link to="/applications" search={{ open: 'new' }} className={classes['link']}>{t('to_applications')}</Link>
        </Alert>
      )}
      {draft.whose === 'external' && (
        <Radio.Group label={t('field.kind')} value={draft.kind} error={at('kind')} data-wrong={at('kind') ? true : undefined} onChange={(kind) => set({ kind })}>
          <Stack gap="xs" mt={6}>{AUTHORITY_KINDS.map((value) => <Radio key={value} value={value} label={t(`kind.${value}`)} description={t(`kind_hint.${value}`)} />)}</Stack>
        </Radio.Group>
      )}
      {!letter && draft.whose !== 'applicant' && (
        <Autocomplete label={t(isInternal(draft) ? 'field.unit' : 'field.sender')} description={t(isInternal(draft) ? 'field.unit_hint' : 'field.sender_hint')} required withAsterisk={false} lang="tr"
          maxLength={200} limit={8} value={draft.sender} data={[...known]} error={at('sender')} onChange={(sender) => set({ sender })} />
      )}
      {draft.whose === 'external' && draft.kind === 'other_official' && (
        <>
          <Alert color="gray">{t('other_official_says')}</Alert>
          <Textarea label={t('field.legal_basis')} description={t('field.legal_basis_hint')} required withAsterisk={false} lang="tr" maxLength={500} autosize minRows={2} value={draft.legalBasis}
            error={at('legalBasis')} onChange={(event) => set({ legalBasis: event.currentTarget.value })} />
        </>
      )}
      {isInternal(draft) && (
        <>
          <Switch label={t('field.is_judicial')} description={t('field.is_judicial_hint')} checked={draft.isJudicial} onChange={(event) => set({ isJudicial: event.currentTarget.checked })} />
          {draft.isJudicial && (
            <Alert color="yellow" role="status">
              <Text size="sm">{t('judicial_says')}</Text>
              <Link to="/holds/new" search={{ basis: 'pre_investigation' }} className={classes['link']}>{t('to_hold')}</Link>
            </Alert>
          )}
        </>
      )}
    </>
  );
}
