/** One saved view: what it looks like, whose it is, what can be done with it. */
import { Button, Group, Switch, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedView } from '@/api/types';
import { useChangeView, useDeleteView } from '@/api/views';
import { useProblemWords } from '@/ui/problem-words';
import { LayoutDrawing } from '@/features/live/toolbar/LayoutMenu';
import { layoutOf } from '@/features/live/wall/layouts';
import { openWall } from '@/features/live/wall/open-wall';
import { DeleteButton } from './DeleteButton';
import classes from './views.module.css';

export function ViewRow({ view }: { view: SavedView }) {
  const { t } = useTranslation('views');
  const words = useProblemWords();
  const change = useChangeView();
  const remove = useDeleteView();
  const [name, setName] = useState<string | null>(null);
  const [hasRenamed, setRenamed] = useState(false);
  const { id, layout, cells, is_shared } = view;
  const body = { id, layout, cells, is_shared, name: view.name };
  const error = change.error ?? remove.error;

  function endRename() {
    setRenamed(true); // the button that comes back takes the focus
    setName(null);
  }

  function rename(event: FormEvent) {
    event.preventDefault();
    if (!name?.trim()) return;
    change.mutate({ ...body, name: name.trim() }, { onSuccess: endRename });
  }

  return (
    <li className={classes['row']}>
      <span className={classes['drawing']}>
        <LayoutDrawing id={layoutOf(layout).id} size={40} />
      </span>
      <div className={classes['words']}>
        {name === null ? (
          <Link to="/live" search={{ view: id }} className={classes['name']} lang="tr">
            {view.name}
          </Link>
        ) : (
          <form onSubmit={rename} onKeyDown={(event) => event.key === 'Escape' && endRename()}>
            <Group gap="xs">
              <TextInput autoFocus size="xs" maxLength={80} value={name} aria-label={t('name')} onChange={(event) => setName(event.currentTarget.value)} />
              <Button type="submit" size="xs" loading={change.isPending}>{t('keep')}</Button>
              <Button size="xs" variant="default" onClick={endRename}>{t('cancel')}</Button>
            </Group>
          </form>
        )}
        <small>
          {t('cameras', { count: cells.filter((cell) => cell !== null).length })}
          {!view.is_mine && ` · ${t('by_other')}`}
        </small>
        {error && <small role="alert" className={classes['error']}>{words(error)}</small>}
      </div>
      <Group gap="xs" wrap="wrap" justify="flex-end">
        {view.is_mine && (
          <Switch size="sm" label={t('is_shared')} checked={is_shared} disabled={change.isPending} onChange={(event) => change.mutate({ ...body, is_shared: event.currentTarget.checked })} />
        )}
        <Button size="xs" variant="default" onClick={() => openWall(id)}>{t('window')}</Button>
        {view.is_mine && name === null && <Button size="xs" variant="default" autoFocus={hasRenamed} onClick={() => setName(view.name)}>{t('rename')}</Button>}
        {view.is_mine && <DeleteButton name={view.name} isPending={remove.isPending} onDelete={() => remove.mutate(id)} />}
      </Group>
    </li>
  );
}
