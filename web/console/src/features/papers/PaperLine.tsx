/** One printed paper: its number, where it stands, the ways to it, the way back for what was signed. */
import { useTranslation } from 'react-i18next';
import { type Paper, paperAddress, queryAddress, signedAddress } from '@/api/papers';
import { useMe } from '@/api/session';
import { HandIn } from './HandIn';
import { PaperEbys } from './PaperEbys';
import { PaperState } from './PaperState';
import classes from './papers.module.css';

/** `isCompact`: all below each other, for a cell of a table. */
export function PaperLine({ paper, isCompact = false }: { paper: Paper; isCompact?: boolean }) {
  const { t } = useTranslation('papers');
  const me = useMe();
  const named = (word: string) => t('named', { number: paper.number, word: t(word) });
  return (
    <div className={classes['paper']} data-compact={isCompact}>
      <span className={classes['name']}>
        {t(`kind.${paper.kind}`)}
        <small>
          {paper.number}
          {paper.version > 1 && ` · ${t('version', { version: paper.version })}`}
        </small>
      </span>
      <PaperState {...paper} />
      <span className={classes['ways']}>
        <a href={paperAddress(paper.id)} download aria-label={named('pdf')}>{t('pdf')}</a>
        {paper.signature_kind && <a href={signedAddress(paper.id)} download aria-label={named('signed_file')}>{t('signed_file')}</a>}
        {paper.code && <a href={queryAddress(paper.code)} target="_blank" rel="noreferrer" aria-label={named('query')}>{t('query')}</a>}
      </span>
      {paper.state === 'issued' && me?.actions.includes('issue_document') && <HandIn paper={paper} />}
      <PaperEbys paper={paper} />
    </div>
  );
}
