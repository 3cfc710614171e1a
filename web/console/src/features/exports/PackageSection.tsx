/** The packages of a request, with how far they are; every quarter is read out. */
import { Title, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ExportRow } from '@/api/exports';
import type { RequestDetail } from '@/api/footage';
import { PackageCard } from './PackageCard';
import { amountOf, quarterOf } from './stage';
import classes from './exports.module.css';

/** `isSigned`: its minutes are signed and stand. */
type Props = { request: RequestDetail; exports: readonly ExportRow[]; isSigned: boolean; isOfficer: boolean };

export function PackageSection({ request, exports, isSigned, isOfficer }: Props) {
  const { t } = useTranslation('exports');
  if (exports.length === 0) return null;
  const amount = amountOf(exports);
  const isBuilt = amount.inAll > 0 && amount.ready === amount.inAll;
  return (
    <section id="packages" aria-label={t('title')}>
      <Title order={2}>{t('title')}</Title>
      <VisuallyHidden role="status">{isBuilt ? t('said.ready', { count: amount.ready }) : amount.percent === null ? '' : t('said.percent', { percent: quarterOf(amount.percent) })}</VisuallyHidden>
      <ul className={classes['packages']}>
        {exports.map((one) => <PackageCard key={one.number} request_id={request.id} one={one} isOfficer={isOfficer} isPrepared={request.state === 'prepared'} isSigned={isSigned} isOnly={amount.inAll === 1} />)}
      </ul>
    </section>
  );
}
