/** When a package has to be gone, when it was; the record that says so; why it was given up. One that is late is an alarm. */
import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ExportRow } from '@/api/exports';
import { paperAddress } from '@/api/papers';
import { PaperState } from '@/features/papers/PaperState';
import { duration } from '@/time/timeWords';
import requests from '@/features/requests/requests.module.css';
import { dayAndTime } from '@/time/format';
import { useServerTime } from '@/time/useServerTime';

const SECOND_US = 1_000_000;
const LATE_US = 600 * SECOND_US; // the job looks every few seconds; whoever reads of ten minutes looks into it

export function Gone({ one }: { one: ExportRow }) {
  const { t, i18n } = useTranslation('exports');
  const now_us = useServerTime((at_us) => Math.floor(at_us / SECOND_US) * SECOND_US);
  const { purge_why, purge_due_us, purged_us, destruction, given_up_reason } = one;
  if (purge_why === null || purge_due_us === null) return null;
  const why = t(`why.${purge_why}`);
  if (given_up_reason !== null && (purged_us !== null || now_us - purge_due_us <= LATE_US)) return <GivenUp one={one} at_us={purge_due_us} reason={given_up_reason} />;
  if (purged_us === null) {
    if (now_us - purge_due_us > LATE_US) return <Alert color="red" mt="xs" role="alert">{t('late', { time: dayAndTime(purge_due_us, i18n.language) })}</Alert>;
    return <Text size="sm" mt={4} role="status">{purge_due_us > now_us ? t('due', { left: duration(purge_due_us - now_us, i18n.language), why }) : t('due_now', { why })}</Text>;
  }
  return (
    <Text size="sm" mt={4}>
      {t('gone', { time: dayAndTime(purged_us, i18n.language), why, count: one.films_in_all })}{' '}
      {destruction ? <a href={paperAddress(destruction.id)} download className={requests['link']}>{t('destruction', { number: destruction.number })}</a> : t('destruction_later')}
      {destruction?.state === 'cancelled' && <>{' '}<PaperState state={destruction.state} signature_kind={null} /></>}
    </Text>
  );
}

/** What kept it from being built, when it was given up, why; the record of what there was of it. */
function GivenUp({ one: { failure, destruction }, at_us, reason }: { one: ExportRow; at_us: number; reason: string }) {
  const { t, i18n } = useTranslation('exports');
  return (
    <Text size="sm" mt={4}>
      {t('given_up', { time: dayAndTime(at_us, i18n.language) })}: <span lang="tr">{reason}</span> · {failure ? t(`failure.${failure}`, { defaultValue: t('failure.unknown') }) : t('failure.not_begun')}{' '}
      {destruction && <a href={paperAddress(destruction.id)} download className={requests['link']}>{t('destruction', { number: destruction.number })}</a>}
    </Text>
  );
}
