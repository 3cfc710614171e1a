/** `/grants/$id`: one grant, its whole life: where it stands, what is missing, how long it lasts, what was done with it. */
import { Alert, Group, Stack, Table, Text, Title } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type GrantDetail, useChoices, useGrant } from '@/api/authority';
import { isAbsent } from '@/api/problem';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { GrantPapers } from '@/features/papers/GrantPapers';
import { dayAndTime, dayOf, lastDayOf } from '@/time/format';
import { Facts } from '@/ui/Facts';
import { GrantActions } from './GrantActions';
import { NoGrant } from './NoGrant';
import { modesOf } from './GrantsPage';
import { LifeLine } from './LifeLine';
import { paperDay } from '@/time/paper-day';
import { PaperTable } from '@/ui/PaperTable';
import { PeriodBar } from './PeriodBar';
import { StateMark } from '@/ui/StateMark';
import classes from '@/ui/papers.module.css';

export function GrantPage() {
  const { id } = useParams({ from: '/signed-in/shell/grants/$id' });
  const grant = useGrant(id);
  if (isAbsent(grant.error)) return <NoGrant />;
  if (grant.error && !grant.data) return <PageFailure error={grant.error} onRetry={() => void grant.refetch()} />;
  return grant.data ? <Detail key={id} grant={grant.data} /> : <PageLoading />;
}

function Detail({ grant }: { grant: GrantDetail }) {
  const { t, i18n } = useTranslation('authority');
  return (
    <div className={classes['page']}>
      <Text component={Link} to="/grants" size="sm" className={classes['name']}>{t('grants')}</Text>
      <Group justify="space-between" align="start">
        <div>
          <Title order={1} lang="tr">{grant.person_name}</Title>
          <Text c="dimmed" lang="tr">{t('grant_no', { number: grant.number })} · {grant.unit_name} · {grant.account_name}</Text>
        </div>
        <StateMark state={grant.state} />
      </Group>
      <LifeLine grant={grant} />
      {grant.missing.map((code) => <Alert key={code} color="yellow" mt="sm">{t(`missing.${code}`)}</Alert>)}
      {grant.ended_why && <Alert color="gray" mt="sm">{t('ended_why', { why: grant.ended_why })}</Alert>}
      <PeriodBar grant={grant} />
      <GrantActions grant={grant} />
      <section>
        <Title order={2}>{t('what')}</Title>
        <Scope grant={grant} />
        <Text size="sm" c="dimmed">{t('immutable')}</Text>
      </section>
      <GrantPapers grant={grant} />
      <Periods grant={grant} />
      <section>
        <Title order={2}>{t('history')}</Title>
        <ol className={classes['history']}>
          {grant.history.map((one) => (
            <li key={`${one.at_us}${one.act}`}>
              <time dateTime={new Date(one.at_us / 1000).toISOString()}>{dayAndTime(one.at_us, i18n.language)}</time> {t(`act.${one.act}`)} · <span lang="tr">{one.by}</span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

function Scope({ grant }: { grant: GrantDetail }) {
  const { t, i18n } = useTranslation('authority');
  const choices = useChoices();
  const names = (choices.data?.cameras ?? []).filter((camera) => grant.camera_ids.includes(camera.id)).map((camera) => `${camera.number} · ${camera.name}`);
  const isPast = grant.camera_ids.length - names.length;
  return (
    <Stack>
      <Facts
        rows={[
          [t('field.olur_no'), grant.olur_no ? `${grant.olur_no} · ${paperDay(grant.olur_on, i18n.language)} · ${t(`issuer.${grant.olur_issuer}`)}` : '—'],
          [t('field.ends_on'), paperDay(grant.olur_ends_on, i18n.language)],
          [t('column.sees'), t(modesOf(grant))],
          [t('scope.cameras'), <span key="cameras" lang="tr">{names.join(', ')}{isPast > 0 && choices.data ? ` (+${isPast})` : ''}</span>],
          [t('field.purpose'), <span key="purpose" lang="tr">{grant.purpose}</span>],
          [t('field.agreement'), paperDay(grant.agreement_on, i18n.language)],
          [t('field.training'), grant.training || '—'],
          [t('field.entered'), `${grant.entered_by} · ${dayAndTime(grant.entered_us, i18n.language)}`],
          [t('field.activated'), grant.activated_us ? `${grant.activated_by} · ${dayAndTime(grant.activated_us, i18n.language)}` : '—'],
          [t('field.open_views'), t('open_views', { count: grant.open_views })],
        ]}
      />
    </Stack>
  );
}

function Periods({ grant }: { grant: GrantDetail }) {
  const { t, i18n } = useTranslation('authority');
  if (grant.periods.length === 0) return null;
  return (
    <section>
      <Title order={2}>{t('periods')}</Title>
      <PaperTable label={t('periods')} head={[t('column.no'), t('column.period'), t('column.letter')]}>
        {grant.periods.map((one) => (
          <Table.Tr key={one.number}>
            <Table.Td data-label={t('column.no')}>{one.number}</Table.Td>
            <Table.Td data-label={t('column.period')}>
              {one.from_us !== null && one.until_us !== null
                ? `${dayOf(one.from_us, i18n.language)} – ${lastDayOf(one.until_us, i18n.language)}`
                : t('waits_for_password')}
              {one.is_cancelled && ` · ${t('state.cancelled')}`}
            </Table.Td>
            <Table.Td data-label={t('column.letter')}>{one.letter_no ? `${one.letter_no} · ${paperDay(one.letter_on, i18n.language)}` : t('by_activation')}</Table.Td>
          </Table.Tr>
        ))}
      </PaperTable>
    </section>
  );
}
