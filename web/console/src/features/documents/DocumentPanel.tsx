/** One document beside the list: what it is, its initials, files, versions; handing it in signed, cancelling it. */
import { Alert, Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DocumentRow, paperOf, useVersions } from '@/api/documents';
import { paperAddress, signedAddress } from '@/api/papers';
import { useMe } from '@/api/session';
import { PageFailure, PageLoading } from '@/ui/PageState';
import admin from '@/ui/pages.module.css';
import { Panel } from '@/ui/Panel';
import { CancelForm } from '@/features/papers/CancelForm';
import { CancelledNote } from '@/features/papers/CancellablePaper';
import { HandIn } from '@/features/papers/HandIn';
import { mayCancel } from '@/features/papers/may-cancel';
import { PaperEbys } from '@/features/papers/PaperEbys';
import { PaperState } from '@/features/papers/PaperState';
import { DocumentFacts } from './DocumentFacts';
import classes from './documents.module.css';
import { Initials } from './Initials';
import { SignedFacts } from './SignedFacts';
import { Versions } from './Versions';

/** `read`: nothing is being done; `back`: cancelling was given up, its button has the focus again. */
type Step = 'read' | 'cancel' | 'back' | 'cancelled';
type Props = { id: string; onClose: () => void; onOpen: (id: string) => void; onAllAbout: (subject_id: string) => void };

export function DocumentPanel({ id, onClose, onOpen, onAllAbout }: Props) {
  const { t } = useTranslation('documents');
  const { t: paper } = useTranslation('papers');
  const [step, setStep] = useState<Step>('read');
  const [reason, setReason] = useState('');
  const versions = useVersions(id);
  const document = versions.data?.find((one) => one.id === id);
  const number = document?.number || t('draft');
  const isCancelling = step === 'cancel';
  return (
    <Panel title={document ? (isCancelling ? paper('cancel.title', { number }) : number) : t('one')} isTyped={isCancelling && reason !== ''} onClose={onClose}>
      {!document && (versions.error ? <PageFailure error={versions.error} onRetry={() => void versions.refetch()} /> : <PageLoading />)}
      {document && isCancelling && (
        <CancelForm paper={paperOf(document)} reason={reason} onReason={setReason} onLeave={() => setStep('back')} onDone={() => setStep('cancelled')} />
      )}
      {document && !isCancelling && (
        <>
          <Standing document={document} newest={versions.data?.[0]} isFresh={step === 'cancelled'} onOpen={onOpen} />
          {document.initials.length > 0 && <Initials document={document} />}
          <DocumentFacts document={document} onAllAbout={onAllAbout} />
          <PaperEbys paper={paperOf(document)} />
          <Files document={document} step={step} onCancel={() => setStep('cancel')} />
          {document.signed && <SignedFacts signed={document.signed} />}
          {versions.data && versions.data.length > 1 && <Versions versions={versions.data} id={id} onOpen={onOpen} />}
        </>
      )}
    </Panel>
  );
}

/** Where it stands, and of one that counts no more why, and what counts instead. */
function Standing({ document, newest, isFresh, onOpen }: { document: DocumentRow; newest: DocumentRow | undefined; isFresh: boolean; onOpen: (id: string) => void }) {
  const { t } = useTranslation('documents');
  const { t: paper } = useTranslation('papers');
  return (
    <>
      <p className={classes['standing']}>
        <PaperState state={document.state} signature_kind={document.signed?.signature_kind ?? null} awaits_initials_of={document.awaits_initials_of} />
        {document.version > 1 && <span>{paper('version', { version: document.version })}</span>}
      </p>
      {document.state === 'cancelled' && (
        <CancelledNote paper={document} takesFocus={isFresh}>
          <Text size="sm" c="dimmed">{t('cancelled_by', { name: document.cancelled_by })}</Text>
        </CancelledNote>
      )}
      {document.state === 'superseded' && newest && newest.id !== document.id && (
        <Alert color="gray">
          <p className={classes['said']}>{t('superseded')}</p>
          <Button size="xs" variant="default" onClick={() => onOpen(newest.id)}>{t('to_newest', { version: newest.version })}</Button>
        </Alert>
      )}
    </>
  );
}

function Files({ document, step, onCancel }: { document: DocumentRow; step: Step; onCancel: () => void }) {
  const { t } = useTranslation('documents');
  const { t: paper } = useTranslation('papers');
  const me = useMe();
  const keepsRegister = me?.actions.includes('issue_document') ?? false;
  const counts = document.state === 'issued' || document.state === 'signed';
  return (
    <section className={admin['section']} aria-label={t('files')}>
      <div className={classes['acts']}>
        {document.issued_us !== null && <Button size="xs" component="a" href={paperAddress(document.id)} download>{paper('pdf')}</Button>}
        {document.signed && <Button size="xs" variant="default" component="a" href={signedAddress(document.id)} download>{paper('signed_file')}</Button>}
        {document.state === 'issued' && keepsRegister && <HandIn paper={paperOf(document)} />}
        {mayCancel(document, me) && !document.is_built_upon && <Button size="xs" variant="default" autoFocus={step === 'back'} onClick={onCancel}>{paper('cancel.open')}</Button>}
      </div>
      {mayCancel(document, me) && document.is_built_upon && <Text size="sm" mt="xs">{t('built_upon')}</Text>}
      <Text size="sm" c="dimmed" mt="xs">{t('read_is_logged')}</Text>
      {counts && !keepsRegister && <Text size="sm" c="dimmed" mt={4}>{t(document.kind === 'P-29' ? 'whose_duty_breach' : 'whose_duty')}</Text>}
    </section>
  );
}
