/** Keeping the present wall on the server under a name. */
import { Alert, Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedView } from '@/api/types';
import { useChangeView, useCreateView } from '@/api/views';
import { useProblemWords } from '@/ui/problem-words';
import { layoutOf, MANY_CELLS } from '../wall/layouts';
import { cellCount, type WallState } from '../wall/wall-state';
import { useFocusBack } from '@/state/useFocusBack';

type Props = { state: WallState; views: SavedView[]; onClose: () => void; onSaved: (view: SavedView) => void };

export function SaveViewDialog({ state, views, onClose, onSaved }: Props) {
  useFocusBack();
  const { t } = useTranslation('live');
  const words = useProblemWords();
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const create = useCreateView();
  const change = useChangeView();
  const count = cellCount(state);
  const same = views.find((view) => view.is_mine && view.name === name.trim());
  const error = create.error ?? change.error;

  async function save(event: FormEvent) {
    event.preventDefault();
    const cells = Array.from({ length: count }, (_, at) => state.cells[at] ?? null);
    const body = { name: name.trim(), layout: layoutOf(state.layout).id, cells, is_shared: isShared };
    const saved = await (same ? change.mutateAsync({ id: same.id, ...body }) : create.mutateAsync(body)).catch(() => null);
    if (saved) onSaved(saved);
  }

  return (
    <Modal opened onClose={onClose} title={t('save.title')} closeButtonProps={{ 'aria-label': t('save.close') }}>
      <form onSubmit={(event) => void save(event)}>
        <Stack>
          <TextInput data-autofocus required maxLength={80} label={t('save.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <Checkbox label={t('save.shared')} checked={isShared} onChange={(event) => setShared(event.currentTarget.checked)} />
          {same && <Alert color="yellow">{t('save.replaces')}</Alert>}
          {count > MANY_CELLS && <Alert color="yellow">{t('save.many', { count })}</Alert>}
          {error && <Alert color="red" role="alert">{words(error)}</Alert>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t('save.cancel')}</Button>
            <Button type="submit" disabled={!name.trim()} loading={create.isPending || change.isPending}>
              {t(same ? 'save.replace' : 'save.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
