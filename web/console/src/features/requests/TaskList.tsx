/** The task list of a case: Yapıldı, Sırada, Başlanamaz with the reason; what the reader may do stands on its task. */
import { Group, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type RequestDetail, useRequestChoices } from '@/api/footage';
import { useMe } from '@/api/session';
import { AnswerForm, CompleteForm, WithdrawForm } from './EndForms';
import { AssignForm } from './AssignForm';
import { LetterFile } from './LetterFile';
import { ReviewForm } from './ReviewForm';
import { SearchButton } from './SearchButton';
import { TaskButton } from './TaskButton';
import { mayDo } from './allowed';
import { barOf } from './separation';
import { type Task, type TaskName, tasksOf } from './tasks';
import { WatchLinks } from './WatchLinks';
import classes from './requests.module.css';

const SHAPES = { done: '✓', next: '▸', blocked: '⊘' } as const;

export type Open = 'approve' | 'return' | 'refuse' | 'complete' | 'assign' | 'answer' | 'withdraw' | null;

export function TaskList({ request }: { request: RequestDetail }) {
  const { t } = useTranslation('requests');
  const [open, setOpen] = useState<Open>(null);
  const whyWords = useWhyWords(request);
  const close = () => setOpen(null);
  const button = (name: NonNullable<Open>) => <TaskButton name={name} isOpen={open === name} onOpen={() => setOpen(name)} />;
  const acts: Record<TaskName, ReactNode> = {
    letter: <LetterFile letter={request.letter} mayFile={mayDo(request, 'file_letter')} />,
    review: (
      <>
        <Group gap="xs">
          {mayDo(request, 'approve') && button('approve')}
          {mayDo(request, 'return') && button('return')}
          {mayDo(request, 'refuse') && button('refuse')}
        </Group>
        {(open === 'approve' || open === 'return' || open === 'refuse') && <ReviewForm key={open} request={request} decision={open} onDone={close} />}
      </>
    ),
    papers: (
      <>
        {mayDo(request, 'complete') && button('complete')}
        {open === 'complete' && <CompleteForm request={request} onDone={close} />}
      </>
    ),
    officer: (
      <>
        <span lang="tr">{request.officer_name}</span>
        {mayDo(request, 'assign') && button('assign')}
        {open === 'assign' && <AssignForm request={request} onDone={close} />}
      </>
    ),
    search: <SearchButton request={request} />,
    watch: <WatchLinks request={request} />,
    answer: (
      <>
        {mayDo(request, 'answer') && button('answer')}
        {open === 'answer' && <AnswerForm request={request} onDone={close} />}
      </>
    ),
  };
  return (
    <section aria-label={t('tasks')}>
      <Title order={2}>{t('tasks')}</Title>
      <ol className={classes['tasks']}>
        {tasksOf(request).map((task) => <Line key={task.name} task={task} why={whyWords(task)}>{acts[task.name]}</Line>)}
      </ol>
      {mayDo(request, 'withdraw') && (
        <div className={classes['aside']}>
          {button('withdraw')}
          {open === 'withdraw' && <WithdrawForm request={request} onDone={close} />}
        </div>
      )}
    </section>
  );
}

/** Why a task is not begun, or whose it is. */
function useWhyWords(request: RequestDetail): (task: Task) => string {
  const { t } = useTranslation('requests');
  const me = useMe();
  const separate = useRequestChoices().data?.separate ?? [];
  return ({ name, why }) => {
    if (why === null) return '';
    if (why === 'others') return t(`who.${name}`);
    if (why !== 'separation_of_duties') return t(`blocked.${why}`);
    const duty = name === 'review' ? 'approve' : 'register';
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
