/** `/my-unit`: the people a unit's supervisor signs for, what they may watch until when; their change of duty. */
import { Alert, Button, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type UnitPaper, type UnitPerson, useMyUnit } from '@/api/authority';
import { useMe } from '@/api/session';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { NotYourDuty } from '@/ui/ListState';
import { DaysLeft } from '@/ui/DaysLeft';
import { modesOf } from '@/features/grants/GrantsPage';
import { DutyForm } from '@/features/grants/PaperForms';
import { PaperTable } from '@/ui/PaperTable';
import { StateMark } from '@/ui/StateMark';
import { lastDayOf } from '@/time/format';
import classes from '@/ui/papers.module.css';
import own from './my-unit.module.css';

export function MyUnitPage() {
  const { t } = useTranslation('authority');
  const me = useMe();
  const isDuty = me?.actions.includes('apply_for_authority') ?? false;
  const unit = useMyUnit(isDuty);
  const [changing, setChanging] = useState<UnitPerson | null>(null);
  if (me && !isDuty) return <div className={classes['page']}><NotYourDuty whose={t('my_unit.whose')} /></div>;
  if (unit.error && !unit.data) return <PageFailure error={unit.error} onRetry={() => void unit.refetch()} />;
  if (!unit.data) return <PageLoading />;
  const { people } = unit.data;
  return (
    <div className={classes['page']}>
      <Title order={1}>{t('my_unit.title')}</Title>
      <Text c="dimmed" mb="md">{t('my_unit.hint')}</Text>
      {changing && <DutyForm key={changing.id} person={changing} warning={t('my_unit.ends')} onDone={() => setChanging(null)} />}
      {people.length === 0 ? (
        <Alert color="gray">{t('my_unit.none')}</Alert>
      ) : (
        <PaperTable label={t('my_unit.title')} head={[t('column.person'), t('my_unit.may_watch'), t('my_unit.act')]}>
          {people.map((one) => <PersonLine key={one.id} person={one} onChange={() => setChanging(one)} />)}
        </PaperTable>
      )}
      <Text size="sm" c="dimmed" mt="md">{t('my_unit.apply')}</Text>
    </div>
  );
}

function PersonLine({ person, onChange }: { person: UnitPerson; onChange: () => void }) {
  const { t, i18n } = useTranslation('authority');
  return (
    <Table.Tr>
      <Table.Td data-label={t('column.person')} lang="tr">
        <strong>{person.full_name}</strong>
        <small>{[person.title, person.unit_name].filter(Boolean).join(' · ')}</small>
      </Table.Td>
      <Table.Td data-label={t('my_unit.may_watch')}>
        {person.papers.length === 0 && <Text size="sm" c="dimmed">{t('my_unit.no_paper')}</Text>}
        {person.papers.map((paper) => <Line key={paper.id} paper={paper} />)}
        {person.duty_ends_us !== null && <small>{t('my_unit.duty_ends', { day: lastDayOf(person.duty_ends_us, i18n.language) })}</small>}
      </Table.Td>
      <Table.Td data-label={t('my_unit.act')}>
        <Button size="xs" variant="default" aria-label={t('duty_of', { name: person.full_name })} onClick={onChange}>{t('do.duty')}</Button>
      </Table.Td>
    </Table.Tr>
  );
}

function Line({ paper }: { paper: UnitPaper }) {
  const { t } = useTranslation('authority');
  return (
    <div className={own['paper']}>
      <span>
        <span lang="tr">{paper.words || t(`paper.${paper.paper}`)}</span>
        <small>{t(modesOf(paper))} · {t('camera_count', { count: paper.cameras })}</small>
      </span>
      <StateMark state={paper.state} />
      <DaysLeft days={paper.days_left} until_us={paper.until_us} />
    </div>
  );
}
