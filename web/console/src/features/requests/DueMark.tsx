/** The service target of a request: a shape, the time that is left or by which it is late, the moment itself. */
import { useTranslation } from 'react-i18next';
import type { RequestRow } from '@/api/footage';
import { duration } from '@/time/timeWords';
import { dayAndTime, zoneStore } from '@/time/format';
import { type Due, dueOf } from './due';
import classes from './requests.module.css';

const SHAPES = { overdue: '▲', today: '◐', later: '○' } as const;
const MINUTE_US = 60_000_000;

export function DueMark({ request, now_us }: { request: RequestRow; now_us: number }) {
  const due = dueOf(request, now_us, zoneStore.get());
  return due === 'over' ? <span>—</span> : <DueTime due={due} due_us={request.due_hard_us} now_us={now_us} />;
}

/** The same for whatever else is due. */
export function DueTime({ due, due_us, now_us }: { due: Exclude<Due, 'over'>; due_us: number; now_us: number }) {
  const { t, i18n } = useTranslation('requests');
  const left = duration(Math.max(Math.abs(due_us - now_us), MINUTE_US), i18n.language);
  return (
    <span className={classes['due']} data-due={due}>
      <strong><span aria-hidden="true">{SHAPES[due]}</span> {t(due === 'overdue' ? 'due.late' : 'due.left', { time: left })}</strong>
      <small>{dayAndTime(due_us, i18n.language)}</small>
    </span>
  );
}
