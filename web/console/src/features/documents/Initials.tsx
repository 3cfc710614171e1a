/** The chain of initials (paraf zinciri) of a document: who has initialled, whose turn it is, the button of that person. */
import { Alert, Button, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentRow } from '@/api/documents';
import { useInitial } from '@/api/papers';
import { useProblemWords } from '@/ui/problem-words';
import admin from '@/ui/pages.module.css';
import { dayAndTime } from '@/time/format';
import classes from './documents.module.css';

type State = 'done' | 'turn' | 'later' | 'never';
const SHAPES: Record<State, string> = { done: '✓', turn: '◌', later: '◇', never: '✕' };

export function Initials({ document }: { document: DocumentRow }) {
  const { t, i18n } = useTranslation('documents');
  const initial = useInitial(document.id);
  const words = useProblemWords();
  const isOpen = document.awaits_initials_of !== '';
  const stateOf = (step: DocumentRow['initials'][number]): State =>
    step.at_us !== null ? 'done' : !isOpen ? 'never' : step.title === document.awaits_initials_of ? 'turn' : 'later';
  return (
    <section className={admin['section']} aria-labelledby="document-initials">
      <h2 id="document-initials" className={classes['heading']}>{t('initials.title')}</h2>
      <ol className={classes['chain']}>
        {document.initials.map((step) => (
          <li key={step.title} data-state={stateOf(step)} aria-current={stateOf(step) === 'turn' ? 'step' : undefined}>
            <span aria-hidden="true">{SHAPES[stateOf(step)]}</span>
            <span lang="tr">{step.title}</span>
            <small>
              {step.at_us === null ? t(`initials.${stateOf(step)}`) : <><span lang="tr">{step.name}</span> · {dayAndTime(step.at_us, i18n.language)}</>}
            </small>
          </li>
        ))}
      </ol>
      {initial.isSuccess ? <Done text={t('initials.done_now')} /> : <Next document={document} />}
      {document.may_initial && (
        <>
          <Button size="xs" loading={initial.isPending} aria-describedby="document-initials-final" onClick={() => initial.mutate(undefined)}>{t('initials.give')}</Button>
          <Text id="document-initials-final" size="sm" c="dimmed" mt={4}>{t('initials.final')}</Text>
        </>
      )}
      {initial.error && <Alert color="red" role="alert" mt="xs">{words(initial.error)}</Alert>}
    </section>
  );
}

/** What comes next, for whoever looks. */
function Next({ document }: { document: DocumentRow }) {
  const { t } = useTranslation('documents');
  const title = document.awaits_initials_of;
  if (title === '') return document.state === 'issued' ? <p className={classes['said']}>{t('initials.whole')}</p> : null;
  if (!document.is_initial_possible) return <Alert color="yellow" mb="xs">{t('initials.nobody', { title })}</Alert>;
  return <p className={classes['said']}>{t(document.may_initial ? 'initials.yours' : 'initials.waits', { title })}</p>;
}

/** The button that had the focus is gone. */
function Done({ text }: { text: string }) {
  const note = useRef<HTMLParagraphElement>(null);
  useEffect(() => note.current?.focus(), []);
  return <p ref={note} tabIndex={-1} role="status" className={classes['said']}>{text}</p>;
}
