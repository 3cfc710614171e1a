/** The task list of a case: Yapıldı, Sırada, Başlanamaz with the reason; what the reader may do stands on its task. */
import { Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type RequestDetail, useRequestChoices } from '@/api/footage';
import { useMe } from '@/api/session';
import { WithdrawForm } from './EndForms';
import { type Open, TaskActs } from './TaskActs';
import { TaskButton } from './TaskButton';
import { mayDo } from './allowed';
import { barOf, type Duty } from './separation';
import { type Task, type TaskName, tasksOf } from './tasks';
import type { CaseWork } from './useWork';
import classes from './requests.module.css';

const SHAPES = { done: '✓', next: '▸', blocked: '⊘' } as const;
const DUTIES: Partial<Record<TaskName, Duty>> = { review: 'approve', packages: 'export', minutes: 'export', signature: 'sign', hand_over: 'deliver' };

export function TaskList({ request, work }: { request: RequestDetail; work: CaseWork }) {
  const { t } = useTranslation('requests');
  const [open, setOpen] = useState<Open | null>(null);
  const whyWords = useWhyWords(request);
  return (
    <section aria-label={t('tasks')}>
      <Title order={2}>{t('tasks')}</Title>
      <ol className={classes['tasks']}>
        {tasksOf(request, work.work).map((task) => (
          <Line key={task.name} task={task} why={whyWords(task)}><TaskActs name={task.name} request={request} work={work} open={open} onOpen={setOpen} /></Line>
        ))}
      </ol>
      {mayDo(request, 'withdraw') && (
        <div className={classes['aside']}>
          <TaskButton name="withdraw" isOpen={open === 'withdraw'} onOpen={() => setOpen('withdraw')} />
          {open === 'withdraw' && <WithdrawForm request={request} onDone={() => setOpen(null)} />}
        </div>
      )}
    </section>
  );
}

/** Why a task is not begun, or whose it is. */
function useWhyWords(request: RequestDetail): (task: Task) => string {
  const { t } = useTranslation('requests');
  const { t: common, i18n } = useTranslation();
  const me = useMe();
  const separate = useRequestChoices().data?.separate ?? [];
  return ({ name, why }) => {
    if (why === null) return '';
    if (why === 'others') return t(`who.${name}`);
    if (why !== 'separation_of_duties') return i18n.exists(`requests:blocked.${why}`) ? t(`blocked.${why}`) : common(`error.${why}`, { defaultValue: t('blocked.unknown') });
    const duty = DUTIES[name] ?? 'register';
    return `${t(`barred.${barOf(request, duty, me?.id, separate) ?? 'register'}`)}; ${t(`separated.${duty}`)}`;
  };
}

function Line({ task: { name, state }, why, children }: { task: Task; why: string; children: ReactNode }) {
  const { t } = useTranslation('requests');
  return (
    <li data-state={state} data-task={name}>
      <span className={classes['taskState']}><span aria-hidden="true">{SHAPES[state]}</span> {t(`task_state.${state}`)}</span>
      <div>
        <strong>{t(`task.${name}`)}</strong>
        {why && <p>{why}</p>}
        {children}
      </div>
    </li>
  );
}
