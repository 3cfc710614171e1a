/** What the register says of one document. */
import { Button, CopyButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentRow } from '@/api/documents';
import { queryAddress } from '@/api/papers';
import { useMe } from '@/api/session';
import admin from '@/ui/pages.module.css';
import { dayAndTime } from '@/time/format';
import classes from './documents.module.css';
import { isNamedSubject, placeOf } from './subject';

type Props = { document: DocumentRow; onAllAbout: (subject_id: string) => void };

export function DocumentFacts({ document, onAllAbout }: Props) {
  const { t, i18n } = useTranslation('documents');
  const { t: paper } = useTranslation('papers');
  const time = (at_us: number, name: string) => <>{dayAndTime(at_us, i18n.language)} · <span lang="tr">{name}</span></>;
  const facts: [string, ReactNode][] = [
    ['kind', paper(`kind.${document.kind}`)],
    ['subject', document.title !== document.kind_title && <span lang="tr">{document.title}</span>],
    ['about', <About key="about" document={document} onAllAbout={onAllAbout} />],
    [document.issued_us === null ? 'drafted' : 'issued', document.issued_us === null ? time(document.created_us, document.created_by) : time(document.issued_us, document.issued_by)],
    ['superseded', document.superseded_us !== null && dayAndTime(document.superseded_us, i18n.language)],
    ['pages', document.pages],
    ['text_version', document.text_version],
    ['seal', document.is_sealed && t('sealed')],
    ['code', document.code && <Code key="code" code={document.code} />],
    ['sha256', document.sha256 && <code key="sha256" className={classes['hash']}>{document.sha256}</code>],
  ];
  return (
    <dl className={`${admin['facts']} ${classes['facts']}`}>
      {facts.filter(([, value]) => value !== null && value !== false && value !== '').map(([name, value]) => (
        <div key={name}>
          <dt>{t(`fact.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The code by which anybody may ask after the paper, with the page that answers. */
function Code({ code }: { code: string }) {
  const { t } = useTranslation('documents');
  const { t: paper } = useTranslation('papers');
  return (
    <span className={classes['code']}>
      <code>{code}</code>
      <a href={queryAddress(code)} target="_blank" rel="noreferrer">{paper('query')}</a>
      {window.isSecureContext && (
        <CopyButton value={code}>{({ copied, copy }) => <Button size="compact-xs" variant="default" onClick={copy}>{t(copied ? 'copied' : 'copy')}</Button>}</CopyButton>
      )}
    </span>
  );
}

function About({ document, onAllAbout }: Props) {
  const { t } = useTranslation('documents');
  const place = placeOf(document.subject_kind, document.subject_id, useMe());
  const word = t(`about.${isNamedSubject(document.subject_kind) ? document.subject_kind : 'other'}`);
  return (
    <span className={classes['about']}>
      {place ? <Link {...place} className={admin['link']}>{word}</Link> : word}
      {document.subject_id && <Button size="compact-xs" variant="default" onClick={() => onAllAbout(document.subject_id)}>{t('all_about')}</Button>}
    </span>
  );
}
