/** What the minutes say of a delivery: on what, by which way, to whom. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Delivery } from '@/api/deliveries';
import { Facts } from '@/ui/Facts';
import { dayAndTime } from '@/time/format';

export function DeliveryFacts({ delivery }: { delivery: Delivery }) {
  const { t, i18n } = useTranslation('deliveries');
  const { receiver } = delivery;
  const tr = (text: string) => <span lang="tr">{text}</span>;
  const rows: [string, ReactNode][] = [
    [t('field.medium'), [t(`medium.${delivery.medium}`), delivery.medium_serial].filter((part) => part !== '').join(' · ')],
    [t('field.channel'), t(`channel.${delivery.channel}`)],
    [t('field.route'), tr(delivery.passphrase_route || '—')],
    [t('field.receiver'), receiver ? tr([receiver.name, receiver.title, receiver.institution].filter((part) => part !== '').join(', ')) : t('receiver_later')],
  ];
  if (receiver) rows.push([t('field.identity_no'), tr([receiver.identity_seen, receiver.identity_no].filter((part) => part !== '').join(' '))]);
  if (delivery.delivered_us !== null) rows.push([t('field.delivered'), <span key="delivered">{dayAndTime(delivery.delivered_us, i18n.language)} · {tr(delivery.delivered_by_name)}</span>]);
  return <Facts rows={rows} />;
}
