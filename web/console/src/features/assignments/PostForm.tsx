/** Opening a post, or choosing anew what it watches: its guards see that at once. */
import { Alert, Button, Fieldset, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type Choices, type Post, useChangePost, useOpenPost } from '@/api/authority';
import { useProblemWords } from '@/app/problem-words';
import { CameraScope } from '@/features/grants/CameraScope';
import { useFocusBack } from '@/state/useFocusBack';

type Props = { post: Post | null; choices: Choices; onDone: () => void };

export function PostForm({ post, choices, onDone }: Props) {
  useFocusBack();
  const { t } = useTranslation('authority');
  const words = useProblemWords();
  const open = useOpenPost();
  const change = useChangePost();
  const [name, setName] = useState(post?.name ?? '');
  const [site, setSite] = useState(post?.site ?? '');
  const [cameras, setCameras] = useState<string[]>(post?.camera_ids ?? []);
  const error = open.error ?? change.error;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (post) change.mutate({ id: post.id, cameras }, { onSuccess: onDone });
    else open.mutate({ name, site, cameras }, { onSuccess: onDone });
  };
  const title = t(post ? 'assignments.change_named' : 'assignments.new_post', { name: post?.name ?? '' });
  return (
    <form onSubmit={send} onKeyDown={(event) => event.key === 'Escape' && onDone()}>
      <Fieldset legend={title} mt="md">
        <Stack gap="sm">
          <Text size="sm" c="dimmed">{t('article.post')}</Text>
          {!post && (
            <Group grow>
              <TextInput autoFocus required label={t('assignments.post_name')} maxLength={80} value={name} onChange={(event) => setName(event.currentTarget.value)} />
              <TextInput label={t('assignments.site')} maxLength={80} value={site} onChange={(event) => setSite(event.currentTarget.value)} />
            </Group>
          )}
          <CameraScope cameras={choices.cameras} chosen={cameras} onChange={setCameras} />
          {error && <Alert color="red" role="alert">{words(error)}</Alert>}
          <Group>
            <Button type="submit" disabled={cameras.length === 0 || !name.trim()} loading={open.isPending || change.isPending}>{t('record')}</Button>
            <Button variant="default" onClick={onDone}>{t('cancel')}</Button>
          </Group>
        </Stack>
      </Fieldset>
    </form>
  );
}
