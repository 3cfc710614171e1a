/** Opening a post, or choosing anew what it watches: its guards see that at once. */
import { Alert, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Choices, type Post, useChangePost, useOpenPost } from '@/api/authority';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { CameraScope } from '@/features/grants/CameraScope';
import classes from '@/ui/papers.module.css';
import { PaperFrame } from '@/ui/PaperFrame';

type Props = { post: Post | null; choices: Choices; onDone: () => void };

const PLACES = { post_name_missing: 'name', post_name_taken: 'name', cameras_missing: 'cameras', camera_not_found: 'cameras' } as const;

export function PostForm({ post, choices, onDone }: Props) {
  const { t } = useTranslation('authority');
  const open = useOpenPost();
  const change = useChangePost();
  const { at, rest } = useFieldProblems(open.error ?? change.error, PLACES);
  const [name, setName] = useState(post?.name ?? '');
  const [site, setSite] = useState(post?.site ?? '');
  const [cameras, setCameras] = useState<string[]>(post?.camera_ids ?? []);
  const isLess = post !== null && post.guards_now > 0 && post.camera_ids.some((id) => !cameras.includes(id));
  const send = () => {
    if (post) change.mutate({ id: post.id, cameras }, { onSuccess: onDone });
    else open.mutate({ name, site, cameras }, { onSuccess: onDone });
  };
  return (
    <PaperFrame title={t(post ? 'assignments.change_named' : 'assignments.new_post', { name: post?.name ?? '' })} article={t('article.post')}
      canSend={cameras.length > 0 && name.trim() !== ''} isPending={open.isPending || change.isPending} rest={rest} onSend={send} onDone={onDone}>
      {!post && (
        <div className={classes['pair']}>
          <TextInput autoFocus required label={t('assignments.post_name')} maxLength={80} value={name} error={at('name')} onChange={(event) => setName(event.currentTarget.value)} />
          <TextInput label={t('assignments.site')} maxLength={80} value={site} onChange={(event) => setSite(event.currentTarget.value)} />
        </div>
      )}
      <CameraScope isFirst={post !== null} cameras={choices.cameras} chosen={cameras} error={at('cameras')} onChange={setCameras} />
      {isLess && <Alert color="yellow">{t('assignments.fewer', { count: post.guards_now })}</Alert>}
    </PaperFrame>
  );
}
