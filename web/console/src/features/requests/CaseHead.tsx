/** The head of a case that stays in sight: number, authority, when it was served, the clock, where it stands. */
import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RequestDetail } from '@/api/footage';
import { dayAndTime } from '@/time/format';
import { useServerTime } from '@/time/useServerTime';
import { DueMark } from './DueMark';
import { RequestState } from './RequestState';
import classes from './requests.module.css';

const MINUTE_US = 60_000_000;

export function CaseHead({ request }: { request: RequestDetail }) {
  const { t, i18n } = useTranslation('requests');
  const now_us = useServerTime((at_us) => Math.floor(at_us / MINUTE_US) * MINUTE_US);
  return (
    <header className={classes['head']}>
      <div>
        <Title order={1}>{t('request_no', { number: request.number })}</Title>
        <span lang="tr">{request.sender_name} · {request.letter_no}</span>
      </div>
      <div>
        <small>{t('field.served')}</small>
        <span>{dayAndTime(request.served_us, i18n.language)}</span>
      </div>
      <div>
        <small>{t('column.due')}</small>
        <DueMark request={request} now_us={now_us} />
      </div>
      <RequestState request={request} />
    </header>
  );
}
