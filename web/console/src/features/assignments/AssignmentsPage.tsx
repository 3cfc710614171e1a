/** `/assignments`: posts with what they watch, guards with letter and period. */
import { Alert, Button, Group, Table, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Assignment, type Post, useAssignments, useChoices, useEndAssignment } from '@/api/authority';
import { useMe } from '@/api/session';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { DaysLeft } from '@/ui/DaysLeft';
import { PaperTable } from '@/ui/PaperTable';
import { ReasonForm } from '@/ui/ReasonForm';
import { paperDay } from '@/time/paper-day';
import { StateMark } from '@/ui/StateMark';
import classes from '@/ui/papers.module.css';
import { PaperLine } from '@/features/papers/PaperLine';
import { PrintButton } from '@/features/papers/PrintButton';
import { IconPlus } from '@/theme/icons';
import { dayAndTime } from '@/time/format';
import { AssignForm } from './AssignForm';
import { MissingSignatures } from './MissingSignatures';
import { PostForm } from './PostForm';
import { PostRow } from './PostRow';

export function AssignmentsPage() {
  const { t } = useTranslation('authority');
  const me = useMe();
  const found = useAssignments();
  const choices = useChoices();
  const [form, setForm] = useState<'guard' | 'post' | Post | null>(null);
  const failed = found.data ? (choices.data ? null : choices) : found;
  if (failed?.error) return <PageFailure error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!found.data || !choices.data) return <PageLoading />;
  const { posts, assignments } = found.data;
  const mayEnter = me?.actions.includes('enter_assignment') ?? false;
  const now = assignments.filter((one) => one.state !== 'ended');
  return (
    <div className={classes['page']}>
      <Group justify="space-between">
        <Title order={1}>{t('assignments.title')}</Title>
        <Group>
          <Button component={Link} to="/agreements" variant="default">{t('agreements')}</Button>
          {mayEnter && <Button variant="default" onClick={() => setForm('post')}>{t('assignments.new_post')}</Button>}
          {mayEnter && <Button leftSection={<IconPlus size={16} />} disabled={posts.length === 0} onClick={() => setForm('guard')}>{t('assignments.new')}</Button>}
        </Group>
      </Group>
      {mayEnter && posts.length === 0 && <Alert color="gray" mt="md">{t('assignments.post_first')}</Alert>}
      {form === 'guard' && <AssignForm posts={posts} choices={choices.data} onDone={() => setForm(null)} />}
      {form !== null && form !== 'guard' && <PostForm key={form === 'post' ? 'post' : form.id} post={form === 'post' ? null : form} choices={choices.data} onDone={() => setForm(null)} />}
      {me?.actions.includes('record_agreement') && <MissingSignatures accounts={choices.data.accounts} />}
      <section>
        <Title order={2}>{t('assignments.posts')}</Title>
        {posts.length > 0 && (
          <PaperTable label={t('assignments.posts')}>
            {posts.map((post) => <PostRow key={post.id} post={post} posted={now.filter((one) => one.post_id === post.id)} mayEnter={mayEnter} onChange={() => setForm(post)} />)}
          </PaperTable>
        )}
      </section>
      <section>
        <Title order={2}>{t('assignments.guards_title')}</Title>
        {now.length === 0 && <Text c="dimmed">{t('assignments.none')}</Text>}
        {now.length > 0 && (
          <PaperTable label={t('assignments.guards_title')}>{now.map((one) => <Row key={one.id} one={one} mayEnd={mayEnter} />)}</PaperTable>
        )}
      </section>
    </div>
  );
}

function Row({ one, mayEnd }: { one: Assignment; mayEnd: boolean }) {
  const { t, i18n } = useTranslation('authority');
  const [isAsking, setAsking] = useState(false);
  const end = useEndAssignment();
  return (
    <Table.Tr>
      <Table.Td lang="tr"><strong>{one.display_name}</strong><small>{one.account_name} · {one.post_name}</small></Table.Td>
      <Table.Td>
        {one.letter_no}<small>{paperDay(one.letter_on, i18n.language)}</small>
        {one.paper && <PaperLine paper={one.paper} isCompact />}
        {mayEnd && <PrintButton wanted={{ of: 'posting', assignment_id: one.id }} word={one.paper ? 'posting_again' : 'posting'} whose={one.letter_no} />}
      </Table.Td>
      <Table.Td>{dayAndTime(one.from_us, i18n.language)}<small>→ {dayAndTime(one.until_us, i18n.language)}</small></Table.Td>
      <Table.Td><StateMark state={one.state} />{one.state === 'awaiting_nda' && <small>{t('missing.nda_missing')}</small>}{one.state === 'suspended' && <small>{t('missing.role_missing')}</small>}</Table.Td>
      <Table.Td><DaysLeft days={one.days_left} until_us={one.until_us} /></Table.Td>
      <Table.Td>
        {mayEnd && !isAsking && <Button size="xs" variant="default" aria-label={t('assignments.end_named', { name: one.display_name })} onClick={() => setAsking(true)}>{t('assignments.end')}</Button>}
        {isAsking && (
          <ReasonForm title={t('assignments.end')} isPending={end.isPending} error={end.error} onCancel={() => setAsking(false)}
            onSend={(why) => end.mutate({ id: one.id, why }, { onSuccess: () => setAsking(false) })} />
        )}
      </Table.Td>
    </Table.Tr>
  );
}
