/** The number under which a printed paper went out by EBYS; noting it by hand. */
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Paper, useNoteEbys } from '@/api/papers';
import { useMe } from '@/api/session';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { paperDay } from '@/time/paper-day';
import grants from '@/ui/papers.module.css';
import { PaperFrame } from '@/ui/PaperFrame';
import { DateField } from '@/time/DateField';
import { awaitsNumber, EbysState } from './EbysState';
import classes from './papers.module.css';

const PLACES = { ebys_no_invalid: 'no' } as const;

/** Nothing where EBYS is not asked for it and nobody noted one. */
export function PaperEbys({ paper }: { paper: Paper }) {
  const { t, i18n } = useTranslation('papers');
  const me = useMe();
  const [isOpen, setOpen] = useState(false);
  const { ebys, ebys_no, ebys_on } = paper;
  if (ebys === null && ebys_no === '') return null;
  const mayNote = awaitsNumber(ebys_no, ebys) && me?.actions.includes('issue_document');
  return (
    <div className={classes['ebys']}>
      {ebys_no && <span>{t('ebys.no', { no: ebys_no })}{ebys_on && ` · ${paperDay(ebys_on, i18n.language)}`}</span>}
      {ebys && (ebys_no === '' || ebys.problem !== '') && <EbysState ebys={ebys} />}
      {mayNote && !isOpen && <Button size="xs" variant="default" mt={4} aria-label={t('named', { number: paper.number, word: t('ebys.note') })} onClick={() => setOpen(true)}>{t('ebys.note')}</Button>}
      {isOpen && <NoteNumber paper={paper} onDone={() => setOpen(false)} />}
    </div>
  );
}

function NoteNumber({ paper, onDone }: { paper: Paper; onDone: () => void }) {
  const { t } = useTranslation('papers');
  const { t: requests } = useTranslation('requests');
  const { t: letters } = useTranslation('letters');
  const note = useNoteEbys(paper.id);
  const { at, rest } = useFieldProblems<'no'>(note.error, PLACES);
  const [no, setNo] = useState('');
  const [on, setOn] = useState('');
  return (
    <PaperFrame title={t('ebys.note')} canSend={no.trim() !== ''} isPending={note.isPending} rest={rest} isTyped={no !== ''} onSend={() => note.mutate({ no: no.trim(), on: on || null }, { onSuccess: onDone })} onDone={onDone}>
      <div className={grants['pair']}>
        <TextInput autoFocus required label={requests('field.ebys_no')} autoComplete="off" maxLength={60} value={no} error={at('no')} onChange={(event) => setNo(event.currentTarget.value)} />
        <DateField label={letters('field.ebys_on')} value={on} onChange={setOn} />
      </div>
    </PaperFrame>
  );
}
