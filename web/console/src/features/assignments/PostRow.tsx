/** One post: what it watches, who is there, other cameras for it, its end. What its closing takes away is said before. */
import { Badge, Button, Group, Table } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Assignment, type Post, useClosePost } from '@/api/authority';
import { ReasonForm } from '@/ui/ReasonForm';

type Props = { post: Post; posted: Assignment[]; mayEnter: boolean; onChange: () => void };

export function PostRow({ post, posted, mayEnter, onChange }: Props) {
  const { t } = useTranslation('authority');
  const [isAsking, setAsking] = useState(false);
  const close = useClosePost();
  const names = [...new Set(posted.map((one) => one.display_name))].join(', ');
  return (
    <Table.Tr>
      <Table.Td lang="tr"><strong>{post.name}</strong><small>{post.site}</small></Table.Td>
      <Table.Td>{t('camera_count', { count: post.camera_ids.length })}</Table.Td>
      <Table.Td>{post.guards_now === 0 ? <Badge color="var(--nz-warning)" variant="outline">{t('assignments.unguarded')}</Badge> : t('assignments.guards', { count: post.guards_now })}</Table.Td>
      <Table.Td>
        {mayEnter && !isAsking && (
          <Group gap="xs">
            <Button size="xs" variant="default" aria-label={t('assignments.change_named', { name: post.name })} onClick={onChange}>{t('assignments.change')}</Button>
            <Button size="xs" variant="default" aria-label={t('assignments.close_named', { name: post.name })} onClick={() => setAsking(true)}>{t('assignments.close')}</Button>
          </Group>
        )}
        {isAsking && (
          <ReasonForm title={t('assignments.close')} warning={posted.length === 0 ? t('assignments.close_empty') : t('assignments.closes', { count: posted.length, names })}
            isPending={close.isPending} error={close.error} onCancel={() => setAsking(false)} onSend={(why) => close.mutate({ id: post.id, why }, { onSuccess: () => setAsking(false) })} />
        )}
      </Table.Td>
    </Table.Tr>
  );
}
