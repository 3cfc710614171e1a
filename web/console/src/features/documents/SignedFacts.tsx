/** What was handed back signed: how it was signed, how it was found to be this document's, by whom. */
import { useTranslation } from 'react-i18next';
import type { DocumentRow } from '@/api/documents';
import admin from '@/ui/pages.module.css';
import { dayAndTime } from '@/time/format';
import classes from './documents.module.css';

export function SignedFacts({ signed }: { signed: NonNullable<DocumentRow['signed']> }) {
  const { t, i18n } = useTranslation('documents');
  const { t: paper } = useTranslation('papers');
  return (
    <section className={admin['section']} aria-labelledby="document-signed">
      <h2 id="document-signed" className={classes['heading']}>{t('signed.title')}</h2>
      <dl className={`${admin['facts']} ${classes['facts']}`}>
        <div><dt>{t('signed.kind')}</dt><dd>{paper(`signed.${signed.signature_kind}`)}</dd></div>
        <div><dt>{t('signed.filed')}</dt><dd>{dayAndTime(signed.uploaded_us, i18n.language)} · <span lang="tr">{signed.uploaded_by}</span></dd></div>
        <div><dt>{t('signed.matched')}</dt><dd>{t(`matched.${signed.matched_by}`)}</dd></div>
        <div><dt>{t('fact.sha256')}</dt><dd><code className={classes['hash']}>{signed.sha256}</code></dd></div>
      </dl>
      {signed.signatures.length > 0 && (
        <ul className={classes['signatures']} aria-label={t('signed.signatures')}>
          {signed.signatures.map((one) => (
            <li key={`${one.name} ${one.at}`}>
              <span lang="tr">{one.name}</span>
              <small>{t(one.is_intact ? (one.is_trusted ? 'signed.trusted' : 'signed.intact') : 'signed.broken')}</small>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
