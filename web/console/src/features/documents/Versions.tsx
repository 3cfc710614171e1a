/** Everything under one number, the newest first: which version counts, which ones gave way. */
import { useTranslation } from 'react-i18next';
import type { DocumentRow } from '@/api/documents';
import admin from '@/ui/pages.module.css';
import { PaperState } from '@/features/papers/PaperState';
import { dayAndTime } from '@/time/format';
import classes from './documents.module.css';

type Props = { versions: DocumentRow[]; id: string; onOpen: (id: string) => void };

export function Versions({ versions, id, onOpen }: Props) {
  const { t, i18n } = useTranslation('documents');
  const { t: paper } = useTranslation('papers');
  return (
    <section className={admin['section']} aria-labelledby="document-versions">
      <h2 id="document-versions" className={classes['heading']}>{t('versions')}</h2>
      <ol className={classes['versions']}>
        {versions.map((one) => {
          const name = paper('version', { version: one.version });
          return (
            <li key={one.id} aria-current={one.id === id ? 'true' : undefined}>
              {one.id === id ? <strong>{name}</strong> : <button type="button" className={classes['open']} onClick={() => onOpen(one.id)}>{name}</button>}
              <PaperState state={one.state} signature_kind={one.signed?.signature_kind ?? null} awaits_initials_of={one.awaits_initials_of} />
              <time>{one.issued_us === null ? '' : dayAndTime(one.issued_us, i18n.language)}</time>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
