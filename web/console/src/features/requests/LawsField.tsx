/** Which of the service's laws a decision quotes; its papers print them. */
import { Checkbox, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Law } from '@/api/service';
import { lawWords } from './law';

type Props = { laws: readonly Law[]; value: string[]; error: string | null; onChange: (value: string[]) => void };

export function LawsField({ laws, value, error, onChange }: Props) {
  const { t, i18n } = useTranslation('requests');
  if (laws.length === 0) return null;
  return (
    <Checkbox.Group label={t('field.laws')} description={t('field.laws_hint')} error={error} value={value} onChange={onChange}>
      <Stack gap={6} mt={6}>{laws.map((one) => <Checkbox key={one.no} value={one.no} label={lawWords(one, i18n.language)} />)}</Stack>
    </Checkbox.Group>
  );
}
