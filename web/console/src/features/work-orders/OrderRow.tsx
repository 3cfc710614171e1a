/** One work order: whose, where, for what, until when; closing it ends the technician's view. */
import { Button, Table } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCloseWorkOrder, type WorkOrder } from '@/api/work-orders';
import { ReasonForm } from '@/ui/ReasonForm';
import { dayAndTime } from '@/time/format';

export function OrderRow({ order }: { order: WorkOrder }) {
  const { t, i18n } = useTranslation('work-orders');
  const [isAsking, setAsking] = useState(false);
  const close = useCloseWorkOrder();
  const end_us = order.closed_us ?? order.closes_us;
  return (
    <Table.Tr>
      <Table.Td data-label={t('column.no')}>{order.number}</Table.Td>
      <Table.Td data-label={t('column.technician')} lang="tr">{order.display_name}<small>{order.account_name}</small></Table.Td>
      <Table.Td data-label={t('column.camera')} lang="tr">{order.camera_number} · {order.camera_name}</Table.Td>
      <Table.Td data-label={t('column.purpose')}>{t(`work.${order.kind}`)}<small lang="tr">{order.note}</small></Table.Td>
      <Table.Td data-label={t('column.time')}>
        {dayAndTime(order.opened_us, i18n.language)}<small>→ {dayAndTime(end_us, i18n.language)}</small>
        <small lang="tr">{t('opened_by', { name: order.opened_by })}</small>
      </Table.Td>
      <Table.Td data-label={order.is_open ? undefined : t('column.end')}>
        {order.is_open && !isAsking && <Button size="xs" variant="default" aria-label={t('close_named', { number: order.number })} onClick={() => setAsking(true)}>{t('close')}</Button>}
        {isAsking && order.is_open && (
          <ReasonForm title={t('close')} warning={t('closes', { name: order.display_name, camera: order.camera_name })} isPending={close.isPending} error={close.error}
            onCancel={() => setAsking(false)} onSend={(why) => close.mutate({ id: order.id, why })} />
        )}
        {!order.is_open && (order.closed_why ? <span lang="tr">{order.closed_why}</span> : t('ran_out'))}
      </Table.Td>
    </Table.Tr>
  );
}
