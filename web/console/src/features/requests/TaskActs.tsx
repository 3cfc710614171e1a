/** What can be done about a task, in its place: its buttons, the form that one of them opened. */
import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import type { RequestDetail } from '@/api/footage';
import { AnswerForm, CompleteForm } from './EndForms';
import { AssignForm } from './AssignForm';
import { GivingActs } from './GivingActs';
import { LetterFile } from './LetterFile';
import { ReviewForm } from './ReviewForm';
import { SearchButton } from './SearchButton';
import { TaskButton } from './TaskButton';
import { mayDo } from './allowed';
import type { TaskName } from './tasks';
import type { CaseWork } from './useWork';
import { WatchLinks } from './WatchLinks';

export type Open = 'approve' | 'return' | 'refuse' | 'complete' | 'assign' | 'answer' | 'withdraw' | 'order' | 'minutes' | 'sign' | 'hand_over';
export type ActProps = { name: TaskName; request: RequestDetail; work: CaseWork; open: Open | null; onOpen: (open: Open | null) => void };

export function TaskActs(props: ActProps): ReactNode {
  const { name, request, work, open, onOpen } = props;
  const close = () => onOpen(null);
  const button = (step: 'approve' | 'return' | 'refuse' | 'complete' | 'assign' | 'answer') => mayDo(request, step) && <TaskButton name={step} isOpen={open === step} onOpen={() => onOpen(step)} />;
  switch (name) {
    case 'letter':
      return <LetterFile letter={request.letter} mayFile={mayDo(request, 'file_letter')} />;
    case 'review':
      return (
        <>
          <Group gap="xs">{button('approve')}{button('return')}{button('refuse')}</Group>
          {(open === 'approve' || open === 'return' || open === 'refuse') && <ReviewForm key={open} request={request} decision={open} onDone={close} />}
        </>
      );
    case 'papers':
      return <>{button('complete')}{open === 'complete' && <CompleteForm request={request} onDone={close} />}</>;
    case 'officer':
      return (
        <>
          <span lang="tr">{request.officer_name}</span>
          {button('assign')}
          {open === 'assign' && <AssignForm request={request} onDone={close} />}
        </>
      );
    case 'search':
      return <SearchButton request={request} />;
    case 'watch':
      return <WatchLinks request={request} />;
    case 'answer':
      return <>{button('answer')}{open === 'answer' && <AnswerForm request={request} records={work.records} onDone={close} />}</>;
    default:
      return <GivingActs {...props} />;
  }
}
