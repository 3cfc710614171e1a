/** Whose work a letter is (havale): given to whom, until when, what came of it; giving it, writing the result. */
import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Letter } from '@/api/letters';
import { useMe } from '@/api/session';
import { Facts } from '@/ui/Facts';
import classes from '@/features/requests/requests.module.css';
import { dayAndTime } from '@/time/format';
import { GiveLetter } from './GiveLetter';
import { LetterDue } from './LetterDue';
import { mayFinish, mayGive } from './task';
import { WriteResult } from './WriteResult';

export type TaskForm = 'give' | 'result';

/** `open`: the form that is open, of whatever part of the panel; its `form` holds what was typed. */
type Props = {
  letter: Letter;
  open: string | null;
  form: { letter: Letter; isTyped: boolean; onTyped: () => void; onDone: () => void };
  onOpen: (form: TaskForm) => void;
};

export function LetterTask({ letter, open, form, onOpen }: Props) {
  const { t, i18n } = useTranslation('letters');
  const me = useMe();
  const { assignee_name, done_us } = letter;
  return (
    <>
      {assignee_name ? (
        <Facts rows={[
          [t('field.assignee'), <span key="assignee" lang="tr">{assignee_name}</span>],
          [t('field.due'), <LetterDue key="due" letter={letter} />],
          [t('field.result'), done_us === null ? t('result_none') : <span key="result" className={classes['due']}><span lang="tr">{letter.result}</span><small>{dayAndTime(done_us, i18n.language)}</small></span>],
        ]} />
      ) : (
        <Text size="sm" c="dimmed">{t('given_to_nobody')}</Text>
      )}
      {open === null && (
        <Group gap="xs" mt="xs">
          {mayFinish(me, letter) && <Button size="xs" onClick={() => onOpen('result')}>{t('write_result')}</Button>}
          {mayGive(me, letter) && <Button size="xs" variant="default" onClick={() => onOpen('give')}>{t(assignee_name ? 'give_other' : 'give')}</Button>}
        </Group>
      )}
      {open === 'give' && <GiveLetter {...form} />}
      {open === 'result' && <WriteResult {...form} />}
    </>
  );
}
