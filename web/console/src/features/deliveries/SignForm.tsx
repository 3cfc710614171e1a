/** Şef or müdür stands for the signed minutes: what they say is read once more before. */
import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Delivery, useSignDelivery } from '@/api/deliveries';
import type { ExportRow } from '@/api/exports';
import type { RequestDetail } from '@/api/footage';
import { useProblemWords } from '@/ui/problem-words';
import { Facts } from '@/ui/Facts';
import { PaperFrame } from '@/ui/PaperFrame';
import { bytes } from '@/ui/bytes';
import { DeliveryFacts } from './DeliveryFacts';

type Props = { request: RequestDetail; delivery: Delivery; packages: readonly ExportRow[]; onDone: () => void };

export function SignForm({ request, delivery, packages, onDone }: Props) {
  const { t, i18n } = useTranslation('deliveries');
  const words = useProblemWords();
  const sign = useSignDelivery();
  const rows: [string, ReactNode][] = packages.map((one) => [`${one.name}.zip`, `${bytes(one.size_bytes ?? 0, i18n.language)} · SHA-256 ${one.sha256 ?? ''}`]);
  return (
    <PaperFrame title={t('sign.title', { number: delivery.record.number })} article={t('sign.article')} send={t('sign.send')} canSend={!sign.isPending} isPending={sign.isPending} rest={sign.error ? words(sign.error) : null}
      onSend={() => sign.mutate(request.id, { onSuccess: onDone })} onDone={onDone}>
      <DeliveryFacts delivery={delivery} />
      <Facts rows={rows} />
      {delivery.record.state !== 'signed' && <Alert color="yellow">{t('sign.unsigned')}</Alert>}
    </PaperFrame>
  );
}
