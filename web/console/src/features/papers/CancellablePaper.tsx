/** A paper beside what it tells of, with the way to cancel it; of a cancelled one why, and what comes next. */
import { Alert, Button, Modal } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Paper } from '@/api/papers';
import { useMe } from '@/api/session';
import { useFocusBack } from '@/state/useFocusBack';
import { dayAndTime } from '@/time/format';
import { CancelForm } from './CancelForm';
import { mayCancel } from './may-cancel';
import { PaperLine } from './PaperLine';
import classes from './papers.module.css';

/** `children`: what comes next once it is cancelled, such as printing a new one. */
type Props = { paper: Paper; isCompact?: boolean; children: ReactNode };

export function CancellablePaper({ paper, isCompact = false, children }: Props) {
  const { t } = useTranslation('papers');
  const me = useMe();
  const [isOpen, setOpen] = useState(false);
  const [wasHere, setWasHere] = useState(false);
  const isCancelled = paper.state === 'cancelled';
  const done = () => {
    setOpen(false);
    setWasHere(true);
  };
  return (
    <div>
      <PaperLine paper={paper} isCompact={isCompact} />
      {isCancelled && <CancelledNote key={String(wasHere)} paper={paper} takesFocus={wasHere}>{children}</CancelledNote>}
      {mayCancel(paper, me) && (
        <Button size="compact-sm" variant="subtle" color="gray" className={classes['cancel'] ?? ''} aria-label={t('named', { number: paper.number, word: t('cancel.open') })} onClick={() => setOpen(true)}>
          {t('cancel.open')}
        </Button>
      )}
      {isOpen && <CancelDialog paper={paper} onClose={() => setOpen(false)} onDone={done} />}
    </div>
  );
}

function CancelDialog({ paper, onClose, onDone }: { paper: Paper; onClose: () => void; onDone: () => void }) {
  useFocusBack();
  const { t } = useTranslation('papers');
  const { t: common } = useTranslation();
  const [reason, setReason] = useState('');
  return (
    <Modal opened onClose={onClose} size="lg" title={t('cancel.title', { number: paper.number })} closeOnClickOutside={reason === ''} closeButtonProps={{ 'aria-label': common('action.close') }}>
      <CancelForm paper={paper} reason={reason} onReason={setReason} onLeave={onClose} onDone={onDone} />
    </Modal>
  );
}

/** `takesFocus`: the button that had it is gone, for the paper was cancelled here and now. */
export function CancelledNote({ paper, takesFocus = false, children }: { paper: Pick<Paper, 'number' | 'cancelled_us' | 'cancel_reason'>; takesFocus?: boolean; children: ReactNode }) {
  const { t, i18n } = useTranslation('papers');
  const note = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus) note.current?.focus();
  }, [takesFocus]);
  return (
    <Alert ref={note} tabIndex={-1} color="gray" role="status" mt="xs" title={t('cancelled.title', { number: paper.number, time: paper.cancelled_us === null ? '' : dayAndTime(paper.cancelled_us, i18n.language) })}>
      <p className={classes['why']} lang="tr">{paper.cancel_reason}</p>
      <p className={classes['why']}>{t('cancelled.next')}</p>
      {children}
    </Alert>
  );
}
