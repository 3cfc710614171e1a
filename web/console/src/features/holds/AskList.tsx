/** What guards and officers asked to be kept: asking keeps nothing, so each is answered with a hold or with a reason. */
import { Button, Group, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type HoldAsk, useHoldAsks, useRefuseAsk } from '@/api/holds';
import { ReasonForm } from '@/ui/ReasonForm';
import { moment } from '@/time/timeWords';
import { cameraName } from '@/ui/camera-names';
import classes from '@/features/requests/requests.module.css';
import { dayAndTime, zoneStore } from '@/time/format';

export function AskList() {
  const { t } = useTranslation('holds');
  const asks = useHoldAsks(true).data ?? [];
  if (asks.length === 0) return null;
  return (
    <section aria-label={t('asks')}>
      <Title order={2}>{t('asks')}</Title>
      <ul className={classes['tasks']}>{asks.map((ask) => <Ask key={ask.id} ask={ask} />)}</ul>
    </section>
  );
}

function Ask({ ask }: { ask: HoldAsk }) {
  const { t, i18n } = useTranslation('holds');
  const [isRefusing, setRefusing] = useState(false);
  const refuse = useRefuseAsk();
  const time = (at_us: number) => moment(at_us, i18n.language, zoneStore.get());
  return (
    <li data-state="next">
      <span className={classes['taskState']}>{dayAndTime(ask.asked_us, i18n.language)}</span>
      <div>
        <strong lang="tr">{cameraName({ number: ask.camera_number, name: ask.camera_name })}</strong>
        <p>{time(ask.start_us)} – {time(ask.end_us)}</p>
        <p lang="tr">{ask.reason} · {ask.asked_by}</p>
        <Group gap="xs">
          <Button size="xs" renderRoot={(props) => <Link {...props} to="/holds/new" search={{ ask: ask.id }} />}>{t('follow')}</Button>
          <Button size="xs" variant="default" aria-expanded={isRefusing} onClick={() => setRefusing(true)}>{t('decline')}</Button>
        </Group>
        {isRefusing && (
          <ReasonForm title={t('decline')} warning={t('decline_says')} most={500} isPending={refuse.isPending} error={refuse.error} onCancel={() => setRefusing(false)}
            onSend={(why) => refuse.mutate({ id: ask.id, why }, { onSuccess: () => setRefusing(false) })} />
        )}
      </div>
    </li>
  );
}
