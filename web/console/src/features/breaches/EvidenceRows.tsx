/** What shows a breach: each piece with where it is found again. */
import { Button, Fieldset, Select, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconPlus } from '@/theme/icons';
import type { EvidenceDraft, EvidenceKind } from './draft';

const KINDS: readonly EvidenceKind[] = ['entry', 'document', 'other'];
const MOST = 200;

type Props = { evidence: EvidenceDraft[]; error: string | null; onChange: (evidence: EvidenceDraft[]) => void };

export function EvidenceRows({ evidence, error, onChange }: Props) {
  const { t } = useTranslation('breaches');
  const change = (key: number, more: Partial<EvidenceDraft>) => onChange(evidence.map((one) => (one.key === key ? { ...one, ...more } : one)));
  const add = () => onChange([...evidence, { key: Math.max(0, ...evidence.map((one) => one.key)) + 1, kind: 'other', what: '', reference: '' }]);
  return (
    <Fieldset legend={t('evidence.title')}>
      <Stack gap="md">
        {evidence.map((one, index) => (
          <Stack key={one.key} gap="xs" role="group" aria-label={t('evidence.number', { number: index + 1 })}>
            <TextInput required withAsterisk={false} label={t('evidence.what')} maxLength={MOST} value={one.what} lang="tr" onChange={(event) => change(one.key, { what: event.currentTarget.value })} />
            <Select label={t('evidence.kind')} allowDeselect={false} value={one.kind} data={KINDS.map((value) => ({ value, label: t(`evidence.kinds.${value}`) }))}
              onChange={(kind) => kind && change(one.key, { kind })} />
            <TextInput label={t('evidence.reference')} description={t(`evidence.${one.kind}_hint`)} maxLength={MOST} value={one.reference} autoComplete="off"
              inputMode={one.kind === 'entry' ? 'numeric' : undefined} onChange={(event) => change(one.key, { reference: event.currentTarget.value })} />
            <div><Button size="xs" variant="default" onClick={() => onChange(evidence.filter((other) => other.key !== one.key))}>{t('evidence.remove', { number: index + 1 })}</Button></div>
          </Stack>
        ))}
        {error && <Text size="sm" c="var(--nz-alarm)" role="alert">{error}</Text>}
        {evidence.length < MOST && <div><Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={add}>{t('evidence.add')}</Button></div>}
      </Stack>
    </Fieldset>
  );
}
