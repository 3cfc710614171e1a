/** Where a paper stands with EBYS, what keeps it from its number, what to do about that. */
import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Ebys } from '@/api/papers';
import { paperDay } from '@/time/paper-day';
import { dayAndTime } from '@/time/format';

export function EbysState({ ebys }: { ebys: Ebys }) {
  const { t, i18n } = useTranslation('papers');
  const { state, problem, detail, given_no, given_on, next_us } = ebys;
  const why = problem === 'refused' && detail ? `: ${detail}` : detail;
  const values = { no: given_no, day: given_on ? paperDay(given_on, i18n.language) : '', why, when: next_us === null ? '' : dayAndTime(next_us, i18n.language) };
  return (
    <>
      <Text size="sm" c="dimmed">{t(`ebys.${state}`)}</Text>
      {problem && <Alert color="yellow" role="status" mt={4}>{t(`ebys.problem.${problem}`, values)}</Alert>}
    </>
  );
}

/** Whether a person has something to note: no number came yet, or EBYS says another one. */
export const awaitsNumber = (no: string, ebys: Ebys | null): boolean => no === '' || ebys?.problem === 'differs';
