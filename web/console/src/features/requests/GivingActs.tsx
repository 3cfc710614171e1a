/** What can be done from packages to the receiver's hands, and about what was not found. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DeliveryFacts, HandOverForm, PrepareForm, SignForm } from '@/features/deliveries';
import { amountOf, counted, OrderForm } from '@/features/exports';
import { PaperLine } from '@/features/papers/PaperLine';
import { dayAndTime } from '@/time/format';
import { mayDo } from './allowed';
import { PrintRecord } from './PrintRecord';
import { TaskButton } from './TaskButton';
import type { ActProps } from './TaskActs';
import classes from './requests.module.css';

export function GivingActs({ name, request, work: { packages, delivery, records }, open, onOpen }: ActProps): ReactNode {
  const { i18n } = useTranslation('requests');
  const close = () => onOpen(null);
  const minutes = records.find((one) => one.id === delivery?.record.id) ?? delivery?.record;
  switch (name) {
    case 'packages':
      return (
        <>
          <PackagesLine packages={packages} />
          {mayDo(request, 'order_export') && <TaskButton name="order" isOpen={open === 'order'} onOpen={() => onOpen('order')} />}
          {open === 'order' && <OrderForm request={request} onDone={close} />}
        </>
      );
    case 'minutes':
      return (
        <>
          {minutes && <PaperLine paper={minutes} isCompact />}
          {mayDo(request, 'prepare_delivery') && <TaskButton name={delivery ? 'minutes_again' : 'minutes'} isOpen={open === 'minutes'} onOpen={() => onOpen('minutes')} />}
          {open === 'minutes' && <PrepareForm request={request} delivery={delivery} onDone={close} />}
        </>
      );
    case 'signature':
      return (
        <>
          {delivery?.signed_us != null && <span>{dayAndTime(delivery.signed_us, i18n.language)} · <span lang="tr">{delivery.signed_by_name}</span></span>}
          {delivery && mayDo(request, 'sign_delivery') && <TaskButton name="sign" isOpen={open === 'sign'} onOpen={() => onOpen('sign')} />}
          {delivery && open === 'sign' && <SignForm request={request} delivery={delivery} packages={counted(packages)} onDone={close} />}
        </>
      );
    case 'hand_over':
      return (
        <>
          {delivery?.delivered_us != null && <DeliveryFacts delivery={delivery} />}
          {delivery && mayDo(request, 'hand_over') && <TaskButton name="hand_over" isOpen={open === 'hand_over'} onOpen={() => onOpen('hand_over')} />}
          {delivery && open === 'hand_over' && <HandOverForm request={request} delivery={delivery} onDone={close} />}
        </>
      );
    case 'destruction':
      return records.filter((one) => one.kind === 'P-28').map((one) => <PaperLine key={one.id} paper={one} isCompact />);
    case 'unreached':
      return (
        <>
          {records.filter((one) => one.kind === 'P-07').map((one) => <PaperLine key={one.id} paper={one} isCompact />)}
          {mayDo(request, 'print_unreached') && <PrintRecord request_id={request.id} kind="unreached" />}
        </>
      );
    default:
      return null;
  }
}

/** How many packages are ready, with the way to them. */
function PackagesLine({ packages }: { packages: ActProps['work']['packages'] }) {
  const { t } = useTranslation('requests');
  if (packages.length === 0) return null;
  const { inAll, ready, failed, percent } = amountOf(packages);
  const gone = t(counted(packages).every((one) => one.state === 'purged') ? 'packages.gone' : 'packages.leaving');
  const isGivenUp = counted(packages).length === 0 && packages.some((one) => one.given_up_reason !== null);
  const words = inAll === 0 ? (isGivenUp ? t('packages.given_up') : gone) : [t('packages.ready', { ready, count: inAll }), percent !== null && percent < 100 ? t('packages.percent', { percent }) : '', failed > 0 ? t('packages.failed', { count: failed }) : ''].filter((part) => part !== '').join(' · ');
  return <a href="#packages" className={classes['link']}>{words}</a>;
}
