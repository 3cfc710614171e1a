/** `/requests/$id`: one case: where it stands, what comes next, who did what, what exists of its footage. */
import { Alert, Text } from '@mantine/core';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type RequestDetail, useRequest } from '@/api/footage';
import { isAbsent } from '@/api/problem';
import { useMe } from '@/api/session';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { NothingYet } from '@/ui/ListState';
import { PackageSection } from '@/features/exports';
import { lastDayOf } from '@/time/format';
import { CaseFacts } from './CaseFacts';
import { CaseFootage } from './CaseFootage';
import { CaseHead } from './CaseHead';
import { CasePapers } from './CasePapers';
import { Custody } from './Custody';
import { LifeLine } from './LifeLine';
import { LockLine } from './LockLine';
import { SeparationStrip } from './SeparationStrip';
import { TaskList } from './TaskList';
import { whyWords } from './event-words';
import { useWork } from './useWork';
import classes from './requests.module.css';

export function RequestPage() {
  const { t } = useTranslation('requests');
  const { id } = useParams({ from: '/signed-in/shell/requests/$id' });
  const request = useRequest(id);
  if (isAbsent(request.error)) return <div className={classes['page']}><NothingYet text={t('absent')}><Link to="/requests">{t('title')}</Link></NothingYet></div>;
  if (request.error && !request.data) return <PageFailure error={request.error} onRetry={() => void request.refetch()} />;
  return request.data ? <Case request={request.data} /> : <PageLoading />;
}

function Case({ request }: { request: RequestDetail }) {
  const { t, i18n } = useTranslation('requests');
  const me = useMe();
  const work = useWork(request);
  const { new: isNew } = useSearch({ from: '/signed-in/shell/requests/$id' });
  return (
    <div className={classes['page']}>
      <Text component={Link} to="/requests" size="sm" className={classes['link']}>{t('title')}</Text>
      <CaseHead request={request} />
      <LifeLine request={request} />
      <LockLine request={request} isNew={isNew === true} />
      {request.state === 'returned' && (
        <Alert color="yellow" mt="sm" title={t('missing_papers')}>
          <ul className={classes['plain']} lang="tr">{request.missing_papers.map((one) => <li key={one}>{one}</li>)}</ul>
          {request.return_until_us !== null && t('return_until', { day: lastDayOf(request.return_until_us, i18n.language) })}
        </Alert>
      )}
      {request.state === 'refused' && <Alert color="gray" mt="sm">{t('refused_why', { why: whyWords(request.decision, t) })}</Alert>}
      <SeparationStrip request={request} />
      <div className={classes['case']}>
        <TaskList request={request} work={work} />
        <div>
          <CaseFacts request={request} />
          <Custody events={request.events} />
        </div>
      </div>
      <PackageSection request={request} exports={work.packages} isSigned={work.delivery?.signed_us != null} isOfficer={me !== null && me?.id === request.officer_id} />
      <CasePapers request={request} records={work.records} />
      <CaseFootage request={request} />
    </div>
  );
}
